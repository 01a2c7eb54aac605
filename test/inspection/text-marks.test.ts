import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { marksIn, withoutHtml } from '../../src/inspection/text-marks.js';

/** Made by scripts/golden/telling_words.py. */
const cases = JSON.parse(
  readFileSync(new URL('../golden/inspection/mojibake.json', import.meta.url), 'utf8'),
) as { sound: string; read: string; latin1: string }[];

describe('marksIn', () => {
  it.each(cases)('finds mojibake in $read, not in $sound', ({ sound, read, latin1 }) => {
    expect(marksIn(sound)).not.toContain('mojibake');
    expect(marksIn(read)).toContain('mojibake');
    expect(marksIn(latin1)).toContain('mojibake');
  });

  it.each([
    'Il est là » dit-il, « à » ou « à… »',
    'voil\u00e0\u00a0\u00bb',
    'Spaß“ und „Maß“',
    'NÃO, AMANHÃ, MÃE, IRMÃS',
    'ÎLE, ÅNGSTRÖM, ÄPFEL, ØRE, Ñandú, Ðuro',
    'Ã”',
    'façade, gêne – où… – œuvre',
    'côté – l’été',
  ])('takes "%s" for sound text', (text) => {
    expect(marksIn(text)).not.toContain('mojibake');
  });

  it.each([
    ['a<br />b', ['htmlTags']],
    ['<b>x</b> <!-- y -->', ['htmlTags']],
    ['<a href="http://x.org/">x</a>', ['htmlTags', 'urls']],
    ['3 < 4 and x <y', ['digits']],
    ['I <3 you', ['digits']],
    ['Tom &amp; Jerry &#39; &#x27;', ['htmlEntities', 'digits']],
    ['R&D; AT&T', []],
    ['see www.example.org', ['urls']],
    ['lost \ufffd', ['replacementCharacters']],
    ['fine 🙂 ☀️', ['emoji']],
    ['© ™ # *', []],
    ['٣ شقق', ['digits']],
    ['', []],
  ])('of "%s" are %j', (text, marks) => {
    expect(marksIn(text)).toEqual(marks);
  });
});

describe('withoutHtml', () => {
  it('takes tags out and leaves comparisons', () => {
    expect(withoutHtml('a<br/>b <i class="x">c</i> 3 < 4 > 2')).toBe('a b  c  3 < 4 > 2');
  });
});
