import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelName, sortNames } from '../../../src/datasets/files/label-names.js';

describe('names of labels', () => {
  it('are one for a number however it is written, and for a text without the white space around it', () => {
    expect([1, 1.0, '1', '1.0', ' 1 ', '1e0', 1n].map(labelName)).toEqual(Array(7).fill('1'));
    expect([true, false, 'True', 0, -0, '-0.0', 0.5, '0.50', '-3'].map(labelName)).toEqual([
      ...['true', 'false', 'True', '0', '0', '0', '0.5', '0.5', '-3'],
    ]);
    expect([' very  good\n', 'spam', '007', '1.', '.5', '12345678901234567890'].map(labelName)).toEqual([
      ...['very good', 'spam', '007', '1.', '.5', '12345678901234567890'],
    ]);
  });

  it('are missing where there is nothing, or nothing that names anything', () => {
    expect(['', '  ', null, undefined, Number.NaN, Infinity, {}, []].map(labelName)).toEqual(
      Array(8).fill(undefined),
    );
  });

  it('are sorted as numbers where all are numbers, else by code point', () => {
    expect(sortNames(['10', '9', '-1', '1.5'])).toEqual(['-1', '1.5', '9', '10']);
    expect(sortNames(['10', '9', 'x'])).toEqual(['10', '9', 'x']);
    expect(sortNames(['b', 'B', 'ä', 'a', '\u{1f600}', '\uffee'])).toEqual([
      'B',
      'a',
      'b',
      'ä',
      '\uffee',
      '\u{1f600}',
    ]);
  });

  it('are the same for the name of a name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.integer(), fc.boolean()), (value) => {
        const name = labelName(value);
        if (name !== undefined) expect(labelName(name)).toBe(name);
      }),
    );
  });
});
