import { UserError } from '../../errors/user-error.js';
import { findNvidiaDriver } from '../../native/nvidia-driver.js';
import { findNative } from './find-native.js';
import { type LoadedNative, type NativeOptions, useNative } from './use-native.js';

/**
 * TensorFlow on the GPU, where it is installed, there is a driver, and it loads.
 *
 * @returns `problem`: why it does not work, though somebody has installed it; neither where nobody has, or the machine has
 *   no driver
 */
export async function cudaIfItWorks(
  options: NativeOptions,
): Promise<{ loaded?: LoadedNative; problem?: string }> {
  if (!(await findNative('gpu', options)) || !(await findNvidiaDriver())) return {};
  try {
    return { loaded: await useNative('gpu', options) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.message };
  }
}
