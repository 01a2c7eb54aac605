import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { forwardFlopPerToken, gflopOfBatch } from '../../../scripts/bench/arithmetic.mjs';

const gru = (units: number) => ({ cell: 'gru', units });

describe('the arithmetic of a model', () => {
  it('counts two operations for each weight of a GRU layer', () => {
    // x*W: 5 x 9 weights, h*U: 3 x 9 weights
    expect(forwardFlopPerToken({ embeddingUnits: 5, layers: [gru(3)] })).toBe(2 * (45 + 27));
  });

  it("feeds each layer with the units of the one below, not with the embedding's", () => {
    const first = 2 * (5 * 9 + 3 * 9);
    const second = 2 * (3 * 12 + 4 * 12);
    expect(forwardFlopPerToken({ embeddingUnits: 5, layers: [gru(3), gru(4)] })).toBe(first + second);
  });

  it('refuses a layer that it does not know', () => {
    const model = { embeddingUnits: 5, layers: [{ cell: 'lstm', units: 3 }] };
    expect(() => forwardFlopPerToken(model)).toThrow('lstm');
  });

  it('gives the two GFLOP of a training step of gru2, two thirds of them backward', () => {
    const model = { embeddingUnits: 128, layers: [gru(128), gru(128)] };
    const { train, predict } = gflopOfBatch(model, 32 * 53.6);
    expect(predict).toBeCloseTo(0.674, 3);
    expect(train).toBeCloseTo(3 * predict, 12);
  });
});
