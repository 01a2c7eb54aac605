import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { learnMerges } from '../../../src/text/subwords/learn-merges.js';
import { learnSubwords } from '../../../src/text/subwords/learn-subwords.js';
import { splitWords } from '../../../src/text/subwords/split-words.js';
import { makeSubwordEncoder, type SubwordEncoder } from '../../../src/text/subwords/subword-encoder.js';
import { parseSubwordLines, subwordLines } from '../../../src/text/subwords/subword-lines.js';
import { readTextGolden } from '../../golden/text/read-text-golden.js';
import { naiveMerges } from './naive-merges.js';

const { texts } = readTextGolden('subwords')[2];
const anyText = fc.string({ unit: 'binary', maxLength: 80 });
const spacedText = fc.string({
  unit: fc.constantFrom(..."ab é\u0301\n\t\u00a0\u3000'slvre1²!😀Ġ\ufeff\0"),
  maxLength: 40,
});

describe('encoding', () => {
  let encoder: SubwordEncoder;
  beforeAll(async () => {
    encoder = makeSubwordEncoder(await learnSubwords(texts, { vocabularySize: 600 }));
  });

  it('loses nothing of any well-formed text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, spacedText), (text) => {
        expect(encoder.decode(encoder.encode([text]).ids)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a surrogate alone as U+FFFD', () => {
    expect(encoder.decode(encoder.encode(['a\ud83db \udc00']).ids)).toBe('a\ufffdb \ufffd');
  });

  it('gives every text its own ids, the same alone and among others', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.constantFrom(...texts)), { maxLength: 6 }), (several) => {
        const { ids, offsets } = encoder.encode(several);
        several.forEach((text, index) => {
          expect(ids.slice(offsets[index], offsets[index + 1])).toEqual(encoder.encode([text]).ids);
        });
      }),
    );
  });

  it('divides learned words as learning did', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 8 }), (list) => {
        const counts = new Map(list.map((word, place) => [word, (place % 3) + 1]));
        const options = { vocabularySize: 290 };
        const own = makeSubwordEncoder(learnMerges(counts, options));
        for (const [word, ids] of naiveMerges(counts, options).words) {
          expect([...own.encodeBytes(Buffer.from(word))]).toEqual(ids);
        }
      }),
    );
  });

  it('takes a word of a million letters', () => {
    const word = 'ab'.repeat(500_000);
    expect(encoder.decode(encoder.encode([word]).ids)).toBe(word);
  });

  it('knows no other ids', () => {
    expect(encoder.idCount).toBe(600);
    for (const id of [-1, 600, Number.NaN]) expect(() => encoder.decode([id])).toThrow(RangeError);
  });
});

describe('words that no subword crosses', () => {
  it("are those of GPT-2's regular expression, marks being letters", () => {
    const words =
      /'(?:[sdmt]|ll|ve|re)| ?[\p{L}\p{M}]+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{M}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
    fc.assert(
      fc.property(fc.oneof(anyText, spacedText), (text) => {
        const expected = text.match(words) ?? [];
        const letters = splitWords(text);
        expect(letters.length).toBe(expected.length);
        expect(letters.map((word) => word.length)).toEqual(expected.map((word) => Buffer.byteLength(word)));
      }),
      { numRuns: 3000 },
    );
    expect(splitWords(" It's  10\n")).toEqual(['ĠIt', "'s", 'Ġ', 'Ġ10', 'Ċ']);
  });
});

describe('lines of subwords', () => {
  it('give the merges back', async () => {
    const merges = await learnSubwords(texts, { vocabularySize: 640 });
    const lines = subwordLines(merges);
    expect(lines.length).toBe(640);
    expect(new Set(lines).size).toBe(640);
    expect(parseSubwordLines(lines)).toEqual(merges);
  });

  it('give the merges of any words back: no two pairs ever make the same subword', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { maxLength: 10 }), (words) => {
        const merges = learnMerges(new Map(words.map((word, place) => [word, place + 1])), {
          vocabularySize: 400,
        });
        expect(parseSubwordLines(subwordLines(merges))).toEqual(merges);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [0, 'x', /vocabulary, line 2: expected the byte !, got "x"/],
    [300, '日', /line 302: "日" has a character that stands for no byte/],
    [300, 'qqqqq', /line 302: "qqqqq" is not made of two subwords of earlier lines/],
    [300, '', /line 302: "" is not made of two subwords/],
    [300, 'a', /line 302: "a" stands there a second time/],
  ])('name the one that is wrong: %i, "%s"', async (line, content, message) => {
    const lines = subwordLines(await learnSubwords(texts, { vocabularySize: 301 }));
    lines[line] = content;
    expect(() => parseSubwordLines(lines, { firstLine: 1 })).toThrow(message);
    expect(() => parseSubwordLines(lines.slice(0, 200), { firstLine: 1 })).toThrow(
      /line 2|line 202: expected the byte/,
    );
  });
});
