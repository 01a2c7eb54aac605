// What can be measured: the models of --work. They are written out here, so that a packaged config may be tuned without
// changing what is compared; gru2 is the lecture's program, as Keras and PyTorch run it, and stays what it is.

/**
 * What our time over a rival's shall be at most.
 *
 * @typedef {object} Targets
 * @property {number} train over the faster rival that masks alike
 * @property {number} predict
 * @property {number} [onnx] over ONNX Runtime, predicting; default 1
 *
 * @typedef {object} Work
 * @property {readonly (string | object)[]} configs a packaged config's name or a YAML file, or what such a file would
 *   hold; where the data set of one is not there, the next is taken
 * @property {number} steps timed steps a round; fewer where they are long
 * @property {number} warmup steps before them that do not count
 * @property {Targets} [targets] of the native kernels
 * @property {string} about
 */

const usual = { steps: 100, warmup: 100 };
const onExampleStarts = (/** @type {object[]} */ ...layers) => ({
  // The examples as configs/gru2.yaml cuts them.
  text: { maxLength: 300, lengthUnit: 'bytes', vocabularySize: 10_000, oovBuckets: 1_000 },
  model: { layers },
});
const bilstm = { cell: 'lstm', units: 64, bidirectional: 'concat' };
const lastTokens = { maxLength: 200, lengthUnit: 'tokens', keep: 'end' };

/** @type {Readonly<Record<string, Work>>} */
export const works = {
  gru2: {
    ...{ ...usual, targets: { train: 0.25, predict: 0.4, onnx: 0.6 } },
    configs: ['gru2-lecture'],
    about: 'GRU(128) x 2, the packaged config gru2-lecture',
  },
  'simple-rnn': {
    ...{ ...usual, targets: { train: 0.4, predict: 0.5 } },
    configs: [onExampleStarts({ cell: 'simpleRnn' })],
    about: 'SimpleRNN(128, tanh)',
  },
  lstm: {
    ...{ ...usual, targets: { train: 0.5, predict: 0.55 } },
    configs: [onExampleStarts({ cell: 'lstm' }, { cell: 'lstm' })],
    about: 'LSTM(128) x 2',
  },
  bigru: {
    ...{ ...usual, targets: { train: 0.28, predict: 0.35, onnx: 0.6 } },
    configs: [onExampleStarts({ cell: 'gru', bidirectional: 'concat' })],
    about: 'Bidirectional(GRU(128))',
  },
  'bigru-400': {
    // The packaged config's examples and layers. Its dropout and its features beside the last state are left out: each rival
    // would need a pooling of its own that leaves padding out.
    configs: [
      {
        text: {
          ...{ maxLength: 400, lengthUnit: 'tokens', lowercase: true },
          ...{ vocabularySize: 30_000, oovBuckets: 1_000 },
        },
        model: { layers: [{ cell: 'gru', bidirectional: 'concat' }] },
      },
    ],
    ...{ steps: 20, warmup: 20, targets: { train: 0.3, predict: 0.35 } },
    about: 'Bidirectional(GRU(128)) on whole reviews of up to 400 tokens',
  },
  bilstm: {
    // Keras' examples/nlp/bidirectional_lstm_imdb.py. Without its data set the raw examples stand in, cut alike, with as
    // many rows of the embedding: the words that are known and one row for all others.
    configs: [
      {
        dataset: { name: 'keras-imdb', numWords: 20_000 },
        text: lastTokens,
        model: { layers: [bilstm, bilstm] },
      },
      {
        text: { ...lastTokens, vocabularySize: 19_999, oovBuckets: 1 },
        model: { layers: [bilstm, bilstm] },
      },
    ],
    ...{ steps: 40, warmup: 40, targets: { train: 0.35, predict: 0.45 } },
    about: "Bidirectional(LSTM(64)) x 2 on 200 tokens, Keras' IMDB example",
  },
};
