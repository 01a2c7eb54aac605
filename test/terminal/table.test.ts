import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatTable } from '../../src/terminal/table.js';

beforeEach(() => void vi.stubEnv('NO_COLOR', '1'));
afterEach(() => void vi.unstubAllEnvs());

describe('a table', () => {
  it('puts text to the left and numbers, with or without a unit, to the right', () => {
    const rows = [
      ['positive', 9, '81.2 %', '1,234 examples/s'],
      ['negative', 12_345, '-', '9 examples/s'],
    ];
    expect(formatTable(rows, { header: ['label', 'count', 'recall', 'speed'] }).split('\n')).toEqual([
      'label     count  recall             speed',
      'positive      9  81.2 %  1,234 examples/s',
      'negative  12345       -      9 examples/s',
    ]);
  });

  it('does as it is told about the sides', () => {
    const rows = [
      ['1', 'a'],
      ['10', 'bb'],
    ];
    expect(formatTable(rows, { align: ['left', 'right'] })).toBe('1    a\n10  bb');
  });

  it('cuts the widest texts, never a number, to fit into the terminal', () => {
    const rows = [['a very long example text that goes on', 'short', 123_456]];
    expect(formatTable(rows, { width: 32 })).toBe('a very long exam…  short  123456');
  });

  it('counts columns of the screen, not characters', () => {
    const rows = [
      ['映画', 1],
      ['café', 2],
      ['cafe\u0301', 3],
      ['👍', 4],
    ];
    expect(formatTable(rows).split('\n')).toEqual(['映画  1', 'café  2', 'cafe\u0301  3', '👍    4']);
  });

  it('makes line breaks and escape sequences in a text harmless', () => {
    expect(formatTable([['a\r\nb\x1b[31mred\x07', 'x']])).toBe('a b[31mred  x');
  });

  it('has no blanks at line ends and stands rows of unequal length', () => {
    expect(formatTable([['a', 'b'], ['long']])).toBe('a     b\nlong');
    expect(formatTable([])).toBe('');
  });
});
