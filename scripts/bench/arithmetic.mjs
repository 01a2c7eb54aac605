// How much arithmetic a batch needs, so that times can be told as GFLOP/s, and how many parameters a model has.
//
// Counted are the matrix products of the recurrent layers over real tokens, padding left out; a multiply-add counts as two
// operations. For a layer of H units and G gates (GRU 3, LSTM 4, SimpleRNN 1) on inputs of E numbers, each token costs
//     forward   2 * (E * GH + H * GH)        x*W and h*U
//     backward  twice that                   the same products for the gradients of inputs and states, and of the weights
// and twice as much where a layer reads in both directions. Activations, embedding, dense layer, loss and Adam are not
// counted: less than a hundredth of the operations, if not of the time. A program that computes padding too, or computes
// equal words once, is measured by the same number.

const gatesOf = { gru: 3, lstm: 4, simpleRnn: 1 };

/**
 * @typedef {import('./measured-model.mjs').Layer} Layer
 * @typedef {Pick<import('./measured-model.mjs').Model, 'embeddingUnits' | 'layers'>} ModelSizes
 * @param {ModelSizes} model
 * @returns {number} floating-point operations of the forward pass for one token
 */
export function forwardFlopPerToken({ embeddingUnits, layers }) {
  return withInputs(embeddingUnits, layers).reduce((flop, { layer, inputs }) => {
    return flop + 2 * directionsOf(layer) * (inputs + layer.units) * gateUnitsOf(layer);
  }, 0);
}

/**
 * @param {ModelSizes} model
 * @param {number} tokens real tokens of the batch
 * @returns {{ train: number, predict: number }} billions of operations for a training step and for a predicted batch
 */
export function gflopOfBatch(model, tokens) {
  const forward = (forwardFlopPerToken(model) * tokens) / 1e9;
  return { train: 3 * forward, predict: forward };
}

/**
 * Embedding, recurrent layers and the dense layer of one unit, as Keras counts them: a bias for each gate, and a second
 * one for a GRU with `resetAfter`.
 *
 * @param {ModelSizes & { idCount: number }} model
 * @returns {number}
 */
export function countParameters({ idCount, embeddingUnits, layers }) {
  const recurrent = withInputs(embeddingUnits, layers).map(({ layer, inputs }) => {
    const biases = layer.cell === 'gru' && layer.resetAfter ? 2 : 1;
    return directionsOf(layer) * (inputs + layer.units + biases) * gateUnitsOf(layer);
  });
  const last = layers.at(-1);
  const outputs = last ? outputsOf(last) : embeddingUnits;
  return idCount * embeddingUnits + recurrent.reduce((sum, count) => sum + count, 0) + outputs + 1;
}

/**
 * @param {number} embeddingUnits
 * @param {readonly Layer[]} layers
 * @returns {{ layer: Layer, inputs: number }[]} each layer with the size of what it reads: the outputs of the one below
 */
function withInputs(embeddingUnits, layers) {
  return layers.map((layer, index) => ({
    layer,
    inputs: index === 0 ? embeddingUnits : outputsOf(layers[index - 1]),
  }));
}

/** @param {Layer} layer */
const directionsOf = ({ bidirectional }) => (bidirectional ? 2 : 1);
/** @param {Layer} layer */
const outputsOf = ({ bidirectional, units }) => (bidirectional === 'concat' ? 2 * units : units);

/** @param {Layer} layer */
function gateUnitsOf({ cell, units }) {
  const gates = gatesOf[cell];
  if (gates === undefined) throw new Error(`no arithmetic for ${cell}`);
  return gates * units;
}
