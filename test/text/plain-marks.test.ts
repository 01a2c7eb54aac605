import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internTokens } from '../../src/text/intern-tokens.js';
import { plainMarks } from '../../src/text/plain-marks.js';
import { tokenize } from '../../src/text/tokenize.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';
import { textConfig } from './text-config.js';

describe('plain marks', () => {
  it('are those of ASCII', () => {
    expect(plainMarks('I don’t “like” it — it’s ‚bad‘… 5\u00a0−\u20093 «oui» re\u00ADal')).toBe(
      'I don\'t "like" it - it\'s "bad"... 5 - 3 "oui" real',
    );
  });

  it('make tokens of typographic text equal to those of typed text', () => {
    const typed = tokenize("I don't like this film, it wasn't good", textConfig());
    for (const text of [
      'I don’t like this film, it wasn&rsquo;t good',
      'I don&#146;t like this film, it wasn&#x2019;t good',
    ]) {
      expect(tokenize(text, textConfig({ plain: true }))).toEqual(typed);
      expect(tokenize(text, textConfig())).not.toEqual(typed);
    }
  });

  it.each([
    ["The film was 'great'", 'The film was "great"'],
    ['The film was ‘great’', 'The film was "great"'],
    ['&lsquo;great&rsquo;, ‚gut‘, ‹bon›', '"great", "gut", "bon"'],
    ["''great''", '""great""'],
    ["don't o'clock rock'n'roll 6'2", "don't o'clock rock'n'roll 6'2"],
    ["the dogs' tails, 'tis", 'the dogs" tails, "tis'],
    ["l'été d'Émile", "l'été d'Émile"],
    ["'", '"'],
  ])('take no single quotation mark for a part of a word: %s', (text, plain) => {
    expect(plainMarks(text)).toBe(plain);
  });

  it.each(['letters', 'punctuation', 'words'] as const)(
    'give the same tokens for a quoted word in any marks, one by one and interned: %s',
    (tokenizer) => {
      const config = textConfig({ plain: true, tokenizer });
      const texts = [
        "a 'great' film",
        'a ‘great’ film',
        'a "great" film',
        'a &quot;great&quot; film',
        'a “great” film',
      ];
      const tokens = texts.map((text) => tokenize(text, config));
      for (const each of tokens) expect(each).toEqual(tokens[2]);
      expect(tokens[0]).toContain('great');
      const interned = internTokens(texts, config);
      expect(interned.tokens).toEqual([...new Set(tokens[0])]);
    },
  );

  it('leave ASCII without ampersands and apostrophes as it is', () => {
    const texts = fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll(/[&']/g, ''));
    fc.assert(fc.property(texts, (text) => plainMarks(text) === text));
  });
});

describe('HTML entities', () => {
  it.each(readTextGolden('html-entities'))(
    "are read as Python's html.unescape reads them: $text",
    ({ text, plain }) => {
      expect(plainMarks(text)).toBe(plainMarks(plain));
    },
  );

  it.each(['AT&T', '&', '&;', '&nosuchname;', 'a && b;', '&amp'])('are not seen in %s', (text) => {
    expect(plainMarks(text)).toBe(text);
  });

  it('are read once', () => {
    expect(plainMarks('&amp;lt;br&amp;gt;')).toBe('&lt;br&gt;');
  });
});
