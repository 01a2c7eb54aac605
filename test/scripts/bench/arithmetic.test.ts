import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { countParameters, forwardFlopPerToken, gflopOfBatch } from '../../../scripts/bench/arithmetic.mjs';

const layerOf =
  (cell: string) =>
  (units: number, options: object = {}) => {
    return { cell, units, bidirectional: false, ...options };
  };
const gru = layerOf('gru');
const lstm = layerOf('lstm');
const simpleRnn = layerOf('simpleRnn');
const concat = { bidirectional: 'concat' };

describe('the arithmetic of a model', () => {
  it.each([
    ['GRU', gru(3), 45 + 27],
    ['LSTM', lstm(3), 60 + 36],
    ['SimpleRNN', simpleRnn(3), 15 + 9],
  ])('counts two operations for each weight of a layer: %s', (_, layer, weights) => {
    expect(forwardFlopPerToken({ embeddingUnits: 5, layers: [layer] })).toBe(2 * weights);
  });

  it("feeds each layer with the units of the one below, not with the embedding's", () => {
    const first = 2 * (5 * 9 + 3 * 9);
    const second = 2 * (3 * 12 + 4 * 12);
    expect(forwardFlopPerToken({ embeddingUnits: 5, layers: [gru(3), gru(4)] })).toBe(first + second);
  });

  it('doubles a layer of two directions, and the inputs of the next where they are concatenated', () => {
    const first = 2 * 2 * (5 * 12 + 3 * 12);
    const above = (inputs: number) => 2 * (inputs * 4 + 4 * 4);
    const model = (bidirectional: string) => {
      return { embeddingUnits: 5, layers: [lstm(3, { bidirectional }), simpleRnn(4)] };
    };
    expect(forwardFlopPerToken(model('concat'))).toBe(first + above(6));
    expect(forwardFlopPerToken(model('sum'))).toBe(first + above(3));
  });

  it('refuses a layer that it does not know', () => {
    const model = { embeddingUnits: 5, layers: [{ cell: 'mgu', units: 3 }] };
    expect(() => forwardFlopPerToken(model)).toThrow('mgu');
  });

  it('gives the two GFLOP of a training step of gru2, two thirds of them backward', () => {
    const model = { embeddingUnits: 128, layers: [gru(128), gru(128)] };
    const { train, predict } = gflopOfBatch(model, 32 * 53.6);
    expect(predict).toBeCloseTo(0.674, 3);
    expect(train).toBeCloseTo(3 * predict, 12);
  });
});

describe('the parameters of a model', () => {
  const base = { idCount: 20_000, embeddingUnits: 128 };

  it.each([
    // The first is what examples/nlp/bidirectional_lstm_imdb.py prints, the others `count_params()` of Keras 3.15.
    ["Keras' IMDB example", { ...base, layers: [lstm(64, concat), lstm(64, concat)] }, 2_757_761],
    [
      'gru2',
      { ...base, idCount: 11_000, layers: [gru(128, { resetAfter: true }), gru(128, { resetAfter: true })] },
      1_606_273,
    ],
    ['one SimpleRNN', { ...base, idCount: 11_000, layers: [simpleRnn(128)] }, 1_441_025],
    ['two LSTM', { ...base, idCount: 11_000, layers: [lstm(128), lstm(128)] }, 1_671_297],
    [
      'GRU in both directions',
      { ...base, idCount: 11_000, layers: [gru(128, { ...concat, resetAfter: true })] },
      1_606_401,
    ],
  ])('are as many as Keras counts: %s', (_, model, parameters) => {
    expect(countParameters(model)).toBe(parameters);
  });

  it('have one bias a gate less where a GRU resets before', () => {
    const withReset = (resetAfter: boolean) => countParameters({ ...base, layers: [gru(7, { resetAfter })] });
    expect(withReset(true) - withReset(false)).toBe(3 * 7);
  });
});
