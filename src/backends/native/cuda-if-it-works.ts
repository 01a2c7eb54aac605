import { UserError } from '../../errors/user-error.js';
import { findNative } from './find-native.js';
import type { NativeOptions } from './use-native.js';

/**
 * Loads TensorFlow for the GPU, where it is installed and there is a driver. Every start of the program asks, so what only
 * a GPU needs is imported where there is one.
 *
 * @returns `problem`: why it does not work, though somebody has installed it; absent where nobody has, or the machine has no
 *   driver
 */
export async function cudaIfItWorks(options: NativeOptions): Promise<{ works: boolean; problem?: string }> {
  if (!(await findNative('gpu', options))) return { works: false };
  const { findNvidiaDriver } = await import('../../tensorflow-installer/nvidia-driver.js');
  if (!(await findNvidiaDriver())) return { works: false };
  const { useNative } = await import('./use-native.js');
  try {
    await useNative('gpu', options);
    return { works: true };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { works: false, problem: error.message };
  }
}
