import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { windowMask } from '../../src/layers/window-mask.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';

beforeAll(() => useVariant(backendVariants[0]));

const masked = (row: string, size: number) =>
  tf.tidy(() => {
    const mask = tf.tensor2d([[...row].map(Number)], undefined, 'int32');
    return [...windowMask(mask, size).dataSync()].join('');
  });

describe('windowMask', () => {
  it('keeps the windows that lie on tokens as a whole', () => {
    expect(masked('1111', 3)).toBe('11');
    expect(masked('111100', 3)).toBe('1100');
    expect(masked('0111', 2)).toBe('011');
    expect(masked('110111', 2)).toBe('10011');
    expect(masked('1010', 1)).toBe('1010');
  });

  it('keeps the first window of a row that is shorter than one', () => {
    expect(masked('1100', 3)).toBe('10');
    expect(masked('0010', 2)).toBe('001');
    expect(masked('0001', 3)).toBe('01');
    expect(masked('10', 4)).toBe('1');
  });

  it('keeps nothing of a row without tokens', () => {
    expect(masked('000', 2)).toBe('00');
    expect(masked('0', 3)).toBe('0');
  });
});
