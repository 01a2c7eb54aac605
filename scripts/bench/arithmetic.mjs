// How much arithmetic a batch needs, so that times can be told as GFLOP/s. A multiply-add counts as two operations.
//
// Counted are the matrix products of the recurrent layers over real tokens, padding left out. For a GRU of H units on
// inputs of E numbers, each token costs
//     forward   2 * (E * 3H + H * 3H)        x*W and h*U, three gates each
//     backward  twice that                   the same products for the gradients of inputs and states, and of the weights
// Activations, embedding, dense layer, loss and Adam are not counted: less than a hundredth of the operations, if not of
// the time. A program that computes padding too, or computes equal words once, is measured by the same number.

/**
 * @typedef {{ embeddingUnits: number, layers: readonly { cell: string, units: number }[] }} ModelSizes
 * @param {ModelSizes} model
 * @returns {number} floating-point operations of the forward pass for one token
 */
export function forwardFlopPerToken({ embeddingUnits, layers }) {
  let inputs = embeddingUnits;
  let flop = 0;
  for (const { cell, units } of layers) {
    if (cell !== 'gru') throw new Error(`arithmetic.mjs counts GRU layers only, got ${cell}`);
    flop += 2 * (inputs * 3 * units + units * 3 * units);
    inputs = units;
  }
  return flop;
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
