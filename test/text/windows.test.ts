import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncate } from '../../src/text/truncate.js';
import { furtherWindows } from '../../src/text/windows.js';

type Limit = Parameters<typeof furtherWindows>[1];
/** What is read of a text, and of each further window of it. */
const readOf = (text: string, limit: Limit) =>
  [text, ...furtherWindows(text, limit)].map((window) => truncate(window, limit));

const limits = fc.record({
  maxLength: fc.integer({ min: 1, max: 20 }),
  lengthUnit: fc.constantFrom('characters' as const, 'bytes' as const),
});
const texts = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', 'é', '中', '😀', '\n', 'word ', 'a longer word '),
  maxLength: 60,
});

describe('further windows of a text', () => {
  it('begin with the first word that the one before has not whole', () => {
    const limit = { maxLength: 10, lengthUnit: 'characters' as const };
    expect(readOf('one three four five', limit)).toEqual(['one three ', 'four five']);
    expect(readOf('one two three four', limit)).toEqual(['one two th', 'three four']);
  });

  it('cut a word that is longer than half of one', () => {
    const limit = { maxLength: 6, lengthUnit: 'characters' as const };
    expect(readOf('a wonderful day', limit)).toEqual(['a wond', 'erful ', 'day']);
  });

  it('are none where the text is read whole', () => {
    expect(furtherWindows('short', { maxLength: 5, lengthUnit: 'bytes' })).toEqual([]);
    expect(furtherWindows('', { maxLength: 5, lengthUnit: 'bytes' })).toEqual([]);
  });

  it('pass over a character that no window can hold', () => {
    expect(readOf('😀 ab', { maxLength: 3, lengthUnit: 'bytes' })).toEqual([' ', ' ab']);
  });

  it('have every word that fits into half of one, and nothing that the text has not', () => {
    fc.assert(
      fc.property(texts, limits, (text, limit) => {
        const windows = readOf(text, limit);
        const unread = windows.reduce((rest, window) => rest + window.split(/\s+/).join(' '), '');
        for (const word of text.split(/\s+/)) {
          if (2 * Buffer.byteLength(word) < limit.maxLength) expect(unread).toContain(word);
        }
        for (const window of windows) expect(text).toContain(window.trimEnd());
      }),
    );
  });

  it('are told no more of than can be read, however long the text is', () => {
    const text = 'some words '.repeat(10_000);
    const further = furtherWindows(text, { maxLength: 300, lengthUnit: 'characters' });
    expect(Math.max(...further.map(({ length }) => length))).toBe(600);
  });
});
