import { fill, matMul, tidy } from '@tensorflow/tfjs-core';
import { useBackend } from '../../../src/backends/use-backend.js';
import { findNativeKernels, type Instructions } from '../../../src/backends/wasm/native-kernels.js';

/** Asks for something that may be refused. */
async function messageOf(use: () => unknown): Promise<string> {
  try {
    await use();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * What comes of native kernels on this processor; for one that is emulated.
 *
 * @param kernelsFolder with an addon and the WebAssembly kernels
 */
export async function useHere(kernelsFolder: string) {
  const found = findNativeKernels(kernelsFolder);
  const options = { threads: 2, kernelsFolder };
  const { name, reason } = await useBackend('auto', options);
  // As large as it takes for threads to be used.
  const product = tidy(() => matMul(fill([200, 70], 2), fill([70, 100], 3)).dataSync());
  const instructions: Instructions = 'avx512';
  return {
    sets: 'addon' in found ? found.addon.sets : found.reason,
    ...{ name, reason },
    isRight: product.every((value) => value === 420),
    compiled: await messageOf(() => useBackend('compiled', options)),
    wide: await messageOf(() => useBackend('compiled', { ...options, instructions })),
  };
}
