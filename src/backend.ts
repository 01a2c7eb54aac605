import type { LSTMLayerArgs, SimpleRNNLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { BidirectionalLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/wrappers.js';
import { refuseSeveralCopies, severalCopies } from './backends/tensorflow-copies.js';
import { type BackendChoice, type BackendOptions, useBackend } from './backends/use-backend.js';
import { Bidirectional } from './layers/bidirectional.js';
import { GRU, type GruArgs } from './layers/gru.js';
import { LSTM } from './layers/lstm.js';
import { registerLayers } from './layers/register.js';
import { SimpleRNN } from './layers/simple-rnn.js';

// `import 'imdb-rnn/backend'`: the backend, layers and optimizers for other people's TensorFlow.js programs.

export type { BackendChoice, BackendOptions } from './backends/use-backend.js';
export type { GruArgs } from './layers/gru.js';
export { Adadelta, type AdadeltaOptions } from './optimizers/adadelta.js';
export { Adagrad, type AdagradOptions } from './optimizers/adagrad.js';
export { Adam, type AdamOptions } from './optimizers/adam.js';
export { AdamW, type AdamWOptions } from './optimizers/adam-w.js';
export { Lamb, type LambOptions } from './optimizers/lamb.js';
export { Nadam } from './optimizers/nadam.js';
export { RmsProp, type RmsPropOptions } from './optimizers/rms-prop.js';
export { Sgd, type SgdOptions } from './optimizers/sgd.js';

registerLayers();

/**
 * Makes our threaded WebAssembly backend TF.js' current one, under the name `wasm`.
 *
 * @param options.threads default: every core
 * @param options.simd build of the kernels, default the better one that this Node runs
 * @param options.vectorBits 256 or 128, default what is faster here; on Node 24 to 26 and x64 256, for which V8's
 *   `--experimental-wasm-revectorize` is set in the whole process
 * @param options.kernels `native`: the kernels as code of this processor where they have such a form, to the same bits as relaxed
 *   SIMD; default: what the environment variable IMDB_RNN_KERNELS says, else `wasm`
 * @param options.kernelsFolder where the kernels are in a bundle, which lacks them: a copy of this package's `dist/kernels`
 * @returns what was chosen; its `reason` tells of a second copy of TensorFlow.js
 * @throws UserError when the number of threads makes no sense, or the kernels cannot be read; Error when another backend goes
 *   by that name
 */
export async function useWasmBackend(options: BackendOptions = {}): Promise<BackendChoice> {
  const choice = await useBackend('wasm', options);
  const copies = severalCopies();
  return copies === undefined ? choice : { ...choice, reason: `${choice.reason}; ${copies}` };
}

/**
 * A GRU layer, to be used as `tf.layers.gru` is; with `activation: 'tanh'` and `recurrentActivation: 'sigmoid'` it runs
 * as one fused kernel on the `wasm` backend, and `resetAfter: true` works on every backend.
 *
 * @throws UserError, as all layers here, when the program has loaded a second copy of TensorFlow.js
 */
export function gru(args: GruArgs): GRU {
  refuseSeveralCopies();
  return new GRU(args);
}

/** An LSTM layer, to be used as `tf.layers.lstm` is; fused on the `wasm` backend under the same conditions as `gru`. */
export function lstm(args: LSTMLayerArgs): LSTM {
  refuseSeveralCopies();
  return new LSTM(args);
}

/** A simple recurrent layer, to be used as `tf.layers.simpleRNN` is; fused with `activation` `'tanh'` or `'relu'`. */
export function simpleRNN(args: SimpleRNNLayerArgs): SimpleRNN {
  refuseSeveralCopies();
  return new SimpleRNN(args);
}

/** Reads sequences in both directions, to be used as `tf.layers.bidirectional` is, around one of the layers above. */
export function bidirectional(args: BidirectionalLayerArgs): Bidirectional {
  refuseSeveralCopies();
  return new Bidirectional(args);
}
