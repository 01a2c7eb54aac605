import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/errors/nearest.js';

describe('the nearest known word', () => {
  it.each([
    ['batchsize', 'batchSize'],
    ['batch_size', 'batchSize'],
    ['epoch', 'epochs'],
    ['epohcs', 'epochs'],
    ['gru', undefined],
    ['', undefined],
  ])('for %j is %j', (word, known) => {
    expect(nearest(word, ['epochs', 'batchSize', 'validationSplit'])).toBe(known);
  });

  it('is the first of two that are as near', () => {
    expect(nearest('gru1', ['gru2', 'gru3'])).toBe('gru2');
    expect(nearest('gru', [])).toBeUndefined();
  });
});
