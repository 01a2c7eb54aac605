import { getKernel, type KernelFunc, registerKernel } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../fused-kernels.js';
import { nativeBackendName } from './native-backend.js';
import { adam } from './registered/adam.js';
import { binaryCrossentropy } from './registered/binary-crossentropy.js';
import { recurrent } from './registered/recurrent.js';
import { recurrentGradient } from './registered/recurrent-gradient.js';

const ourKernels: Record<string, KernelFunc> = {
  [fusedKernels.adam]: adam,
  [fusedKernels.binaryCrossentropy]: binaryCrossentropy,
  [fusedKernels.recurrent]: recurrent,
  [fusedKernels.recurrentGradient]: recurrentGradient,
};

/** Adds our fused kernels to those of tfjs-node. */
export function registerFused(): void {
  for (const [kernelName, kernelFunc] of Object.entries(ourKernels)) {
    if (getKernel(kernelName, nativeBackendName)) continue;
    registerKernel({ kernelName, backendName: nativeBackendName, kernelFunc });
  }
}
