import { getKernel, type KernelFunc, registerKernel } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../fused-kernels.js';
import { nativeBackendName } from './native-backend.js';
import { adam } from './registered/adam.js';
import { binaryCrossentropy } from './registered/binary-crossentropy.js';
import { gru } from './registered/gru.js';
import { gruGradient } from './registered/gru-gradient.js';

const ourKernels: Record<string, KernelFunc> = {
  [fusedKernels.adam]: adam,
  [fusedKernels.binaryCrossentropy]: binaryCrossentropy,
  [fusedKernels.gru]: gru,
  [fusedKernels.gruGradient]: gruGradient,
};

/** Adds our fused kernels to those of tfjs-node. */
export function registerFused(): void {
  for (const [kernelName, kernelFunc] of Object.entries(ourKernels)) {
    if (getKernel(kernelName, nativeBackendName)) continue;
    registerKernel({ kernelName, backendName: nativeBackendName, kernelFunc });
  }
}
