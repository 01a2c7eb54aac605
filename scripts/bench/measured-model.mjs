// The model of a config as all contenders are told of it.

/**
 * Every key but `cell` and `units` that a contender has to know, by cell.
 *
 * @typedef {{ cell: 'gru' | 'lstm' | 'simpleRnn', units: number, bidirectional: false | 'concat' | 'sum' | 'average' | 'multiply', resetAfter?: boolean, activation?: 'tanh' | 'relu' }} Layer
 * @typedef {{ idCount: number, embeddingUnits: number, layers: Layer[], learningRate: number }} Model
 */

/**
 * @param {import('../../dist/config/schema.js').Config} config filled
 * @param {number} idCount rows of the embedding
 * @returns {Model}
 * @throws {Error} when the config wants what the rivals' programs do not have
 */
export function measuredModel({ model, training }, idCount) {
  if (model.type !== 'recurrent') throw new Error(`recurrent models are measured, got ${model.type}`);
  const wanted = [
    ['pooling', model.pooling, 'last'],
    ['pieceLength', model.pieceLength, 'none'],
    ['dropout', model.dropout, 0],
    ['embedding.dropout', model.embedding.dropout, 0],
    ...model.layers.flatMap((layer, index) =>
      /** @type {const} */ (['dropout', 'recurrentDropout', 'layerNormalization', 'residual']).map((key) => [
        `layers[${index}].${key}`,
        layer[key],
        key === 'layerNormalization' || key === 'residual' ? false : 0,
      ]),
    ),
  ];
  for (const [key, value, measured] of wanted) {
    if (value !== measured) throw new Error(`model.${key} is ${value}; only ${measured} can be measured`);
  }
  const layers = model.layers.map((layer) => {
    const { cell, units, bidirectional } = layer;
    if (layer.cell === 'gru') return { cell, units, bidirectional, resetAfter: layer.resetAfter };
    if (layer.cell === 'simpleRnn') return { cell, units, bidirectional, activation: layer.activation };
    return { cell, units, bidirectional };
  });
  return {
    idCount,
    embeddingUnits: model.embedding.units,
    layers,
    learningRate: training.optimizer.learningRate,
  };
}
