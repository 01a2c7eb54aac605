import { describe, expect, it } from 'vitest';
import { guessLabelSeparator } from '../../../src/datasets/files/guess-label-separator.js';

describe('guessLabelSeparator', () => {
  it.each([
    ['|', ['a', 'b', 'c', 'a|b', 'a|c', 'b|c', 'a|b|c']],
    [';', ['sport; news', 'news', 'sport', 'sport; health', 'health; news', 'health']],
    [',', ['a,b', 'b,c', 'c,a', 'a,b,c']],
  ])('finds %s between labels that come back', (separator, labels) => {
    expect(guessLabelSeparator(labels)).toBe(separator);
  });

  it.each([
    [['positive', 'negative']],
    [[]],
    [['Berlin, Germany', 'Rome, Italy', 'Paris, France']],
    [['a|b', 'a', 'b']],
    [['|', ';', ',', 'a|']],
  ])('finds nothing in %j', (labels) => {
    expect(guessLabelSeparator(labels)).toBeUndefined();
  });
});
