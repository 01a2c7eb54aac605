import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeSlices } from '../../src/text/safe-slices.js';
import { segmentWords } from '../../src/text/segment-words.js';
import { tokenize } from '../../src/text/tokenize.js';
import { textConfig } from './text-config.js';

function segments(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment).filter((part) => part.trim() !== '');
}

describe('the tokenizer words', () => {
  it('finds words where no space separates them', () => {
    expect(segmentWords('这部电影。', { language: 'zh' })).toEqual(['这', '部', '电影', '。']);
    expect(segmentWords('とても面白い映画でした', { language: 'ja' })).toContain('映画');
    expect(segmentWords('ภาพยนตร์เรื่องนี้ดีมาก', { language: 'th' })).toContain('ภาพยนตร์');
  });

  it('keeps what belongs together and every mark alone', () => {
    const config = textConfig({ lengthUnit: 'tokens', maxLength: 99, tokenizer: 'words' });
    expect(tokenize("It's 3.14!!<br />J.R. don’t 👩‍👩‍👧 — 1,000€", config)).toEqual([
      ...["It's", '3.14', '!', '!', 'J.R', '.', 'don’t', '👩‍👩‍👧', '—', '1,000', '€'],
    ]);
  });

  it.each(['und', 'en', 'sv', 'ja'])(
    'follows Intl.Segmenter on Latin text without asking it (%s)',
    (language) => {
      const characters = [...'abZéßµ19_ \t\n\'".,;:·’“”–—…!?-/@«»ªº×÷ž'];
      const texts = fc.array(fc.constantFrom(...characters), { maxLength: 40 }).map((all) => all.join(''));
      fc.assert(
        fc.property(texts, (text) => {
          expect(segmentWords(text, { language })).toEqual(segments(text, language));
        }),
        { numRuns: 2000 },
      );
      for (let code = 9; code < 0x250; code++) {
        const character = String.fromCharCode(code);
        for (const text of [
          `a${character}b`,
          `1${character}2`,
          `a${character}1`,
          `${character}${character}`,
        ]) {
          expect(segmentWords(text, { language })).toEqual(segments(text, language));
        }
      }
    },
  );

  it('gives of a long text what it gives of the whole, slices or not', () => {
    const sentences = [
      '这部电影很好看，',
      '我喜欢。',
      'とても面白い映画でした。',
      'ดีมาก ',
      'A fine film! ',
      'नमस्ते दुनिया ',
    ];
    const text = Array.from(
      { length: 900 },
      (_, place) => sentences[(place * place + place) % sentences.length],
    ).join('');
    expect(text.length).toBeGreaterThan(6000);
    expect(segmentWords(text, { language: 'und' })).toEqual(segments(text, 'und'));
  });
});

describe('slices', () => {
  it('are the whole text together, none too long, none ending within a code point', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 50 }), (text, longest) => {
        const slices = safeSlices(text, longest);
        expect(slices.join('')).toBe(text);
        for (const slice of slices) {
          expect(slice.length).toBeLessThanOrEqual(longest);
          expect(slice.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('end at the last white space, or else between characters', () => {
    expect(safeSlices('one two three', 9)).toEqual(['one two ', 'three']);
    expect(safeSlices('好看。电影电影', 5)).toEqual(['好看。', '电影电影']);
    expect(safeSlices(`abc${'e\u0301'}x`, 4)).toEqual(['abc', 'e\u0301x']);
  });
});

describe('the tokenizer characters', () => {
  it('gives code points, and one ▁ for white space however long', () => {
    const config = textConfig({ lengthUnit: 'tokens', maxLength: 99, tokenizer: 'characters' });
    expect(tokenize('Oh \n é😀<br />\ta\u0301', config)).toEqual([...'Oh▁é😀▁a', '\u0301']);
    expect(tokenize('a\u0301', { ...config, normalize: 'NFC' })).toEqual(['á']);
  });
});
