import '@tensorflow/tfjs-backend-cpu';
import {
  findBackend,
  getKernel,
  getKernelsForBackend,
  type KernelFunc,
  registerBackend,
  registerKernel,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../fused-kernels.js';
import { add } from './registered/add.js';
import { attention, attentionGradient } from './registered/attention.js';
import { binaryCrossentropy } from './registered/binary-crossentropy.js';
import { convolution, convolutionGradient } from './registered/convolution.js';
import { addScaled, clip, moveTowards, scale } from './registered/elements.js';
import { fusedMatMul } from './registered/fused-mat-mul.js';
import { gather } from './registered/gather.js';
import { layerNormalization, layerNormalizationGradient } from './registered/layer-normalization.js';
import { limitNorms } from './registered/limit-norms.js';
import { mergeDirections, mergeDirectionsGradient } from './registered/merge-directions.js';
import { batchMatMul } from './registered/multiply-matrices.js';
import { notEqual } from './registered/not-equal.js';
import {
  adadelta,
  adagrad,
  adam,
  adamW,
  lambDirection,
  momentum,
  nadam,
  rmsProp,
} from './registered/optimizer-steps.js';
import { poolSequences, poolSequencesGradient } from './registered/pool-sequences.js';
import { recurrent } from './registered/recurrent.js';
import { recurrentGradient } from './registered/recurrent-gradient.js';
import { scaleSequences } from './registered/scale-sequences.js';
import type { KernelCall } from './registered/stock.js';
import { sumOfSquares } from './registered/sum-of-squares.js';
import { sumSegments } from './registered/sum-segments.js';
import { transpose } from './registered/transpose.js';
import type { RuntimeOptions } from './runtime.js';
import { WasmBackend } from './wasm-backend.js';

/** Name under which TF.js knows the backend. */
export const wasmBackendName = 'wasm';

const ourKernels = {
  _FusedMatMul: fusedMatMul,
  Add: add,
  BatchMatMul: batchMatMul,
  GatherV2: gather,
  NotEqual: notEqual,
  Transpose: transpose,
  UnsortedSegmentSum: sumSegments,
  [fusedKernels.adadelta]: adadelta,
  [fusedKernels.adagrad]: adagrad,
  [fusedKernels.adam]: adam,
  [fusedKernels.adamW]: adamW,
  [fusedKernels.addScaled]: addScaled,
  [fusedKernels.attention]: attention,
  [fusedKernels.attentionGradient]: attentionGradient,
  [fusedKernels.binaryCrossentropy]: binaryCrossentropy,
  [fusedKernels.clip]: clip,
  [fusedKernels.lambDirection]: lambDirection,
  [fusedKernels.limitNorms]: limitNorms,
  [fusedKernels.momentum]: momentum,
  [fusedKernels.moveTowards]: moveTowards,
  [fusedKernels.nadam]: nadam,
  [fusedKernels.recurrent]: recurrent,
  [fusedKernels.recurrentGradient]: recurrentGradient,
  [fusedKernels.zoneoutRecurrent]: recurrent,
  [fusedKernels.zoneoutRecurrentGradient]: recurrentGradient,
  [fusedKernels.convolution]: convolution,
  [fusedKernels.convolutionGradient]: convolutionGradient,
  [fusedKernels.layerNormalization]: layerNormalization,
  [fusedKernels.layerNormalizationGradient]: layerNormalizationGradient,
  [fusedKernels.mergeDirections]: mergeDirections,
  [fusedKernels.mergeDirectionsGradient]: mergeDirectionsGradient,
  [fusedKernels.poolSequences]: poolSequences,
  [fusedKernels.poolSequencesGradient]: poolSequencesGradient,
  [fusedKernels.rmsProp]: rmsProp,
  [fusedKernels.scale]: scale,
  [fusedKernels.scaleSequences]: scaleSequences,
  [fusedKernels.sumOfSquares]: sumOfSquares,
} satisfies Record<string, (call: KernelCall) => unknown>;

/**
 * Registers the backend with TF.js: our kernels, and the stock ones of the `cpu` backend for everything else.
 *
 * @throws Error when another backend already goes by the name `wasm`
 */
export function registerWasmBackend(options: RuntimeOptions): WasmBackend {
  if (findBackend(wasmBackendName)) {
    throw new Error(
      `TF.js already has a backend "${wasmBackendName}"; remove it first: tf.removeBackend('${wasmBackendName}')`,
    );
  }
  // Made before TF.js knows of it, which would print the error of one that does not start, and throw another.
  let made: WasmBackend | undefined = new WasmBackend(options);
  registerBackend(wasmBackendName, () => {
    // TF.js asks again after it was reset, which has disposed of the first one.
    const backend = made ?? new WasmBackend(options);
    made = undefined;
    return backend;
  });
  const backend = findBackend(wasmBackendName) as WasmBackend;
  // Kernels outlive a backend that is removed and made anew with other options.
  if (getKernel(fusedKernels.recurrent, wasmBackendName)) return backend;
  for (const kernel of getKernelsForBackend('cpu')) {
    if (!(kernel.kernelName in ourKernels)) registerKernel({ ...kernel, backendName: wasmBackendName });
  }
  for (const [kernelName, kernelFunc] of Object.entries(ourKernels)) {
    registerKernel({
      kernelName,
      backendName: wasmBackendName,
      kernelFunc: kernelFunc as unknown as KernelFunc,
    });
  }
  return backend;
}
