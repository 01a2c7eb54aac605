import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { measuredModel } from '../../../scripts/bench/measured-model.mjs';
import { fillConfig } from '../../../src/config/fill-config.js';

const filled = (model: object, training = {}) => fillConfig({ model, training }, 'test');

describe('the model that the contenders are told of', () => {
  it('has what decides about its arithmetic, of each cell', () => {
    const config = filled({
      embedding: { units: 16 },
      layers: [
        { cell: 'gru', units: 8, bidirectional: 'sum' },
        { cell: 'lstm', units: 4 },
        { cell: 'simpleRnn', units: 2, activation: 'relu' },
      ],
    });
    expect(measuredModel(config, 99)).toEqual({
      idCount: 99,
      embeddingUnits: 16,
      layers: [
        { cell: 'gru', units: 8, bidirectional: 'sum', resetAfter: true },
        { cell: 'lstm', units: 4, bidirectional: false },
        { cell: 'simpleRnn', units: 2, bidirectional: false, activation: 'relu' },
      ],
      learningRate: 0.001,
    });
  });

  it('makes a model again that fills to the same config', () => {
    const layers = [
      { cell: 'gru', resetAfter: false },
      { cell: 'lstm', bidirectional: 'concat' },
    ];
    const config = filled({ layers });
    expect(filled({ layers: measuredModel(config, 9).layers }).model).toEqual(config.model);
  });

  const lstm = { cell: 'lstm' };
  it.each([
    [{ layers: [lstm], pooling: 'mean' }, 'model.pooling is mean'],
    [{ layers: [lstm], dropout: 0.5 }, 'model.dropout is 0.5'],
    [{ layers: [lstm], embedding: { dropout: 0.1 } }, 'model.embedding.dropout is 0.1'],
    [{ layers: [lstm, { ...lstm, recurrentDropout: 0.2 }] }, 'model.layers[1].recurrentDropout is 0.2'],
    [{ layers: [{ ...lstm, layerNormalization: true }] }, 'model.layers[0].layerNormalization is true'],
    [{ layers: [{ ...lstm, residual: true }, lstm] }, 'model.layers[0].residual is true'],
    [{ type: 'conv1d' }, 'conv1d'],
  ])('is not one that the rivals do not have: %j', (model, message) => {
    expect(() => measuredModel(filled(model), 9)).toThrow(message);
  });

  it('is trained by Adam, as theirs is', () => {
    const config = filled({ layers: [lstm] }, { optimizer: { name: 'sgd' } });
    expect(() => measuredModel(config, 9)).toThrow('sgd');
  });
});
