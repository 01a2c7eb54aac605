import type { BackendChoice, BackendOptions } from '../backend-choice.js';
import { makeCurrent } from '../make-current.js';
import { describeThreads, threadCount } from '../thread-count.js';
import { nativeBackendName } from './native-backend.js';
import { useNative } from './use-native.js';

/** TensorFlow's kernels, on the CPU or on an NVIDIA GPU. @throws UserError as `useNative` does */
export async function useTensorflow(
  name: 'tensorflow' | 'cuda',
  options: BackendOptions,
): Promise<BackendChoice> {
  const { threads: asked, verbose } = options;
  const { backend, device } = await useNative(name === 'cuda' ? 'gpu' : 'cpu', { threads: asked, verbose });
  await makeCurrent(nativeBackendName);
  const threads = threadCount(asked);
  const version = `TensorFlow ${backend.binding.TF_Version}`;
  const reason = device === 'gpu' ? `${version} on the GPU` : `${version}, ${describeThreads(threads)}`;
  return { name, threads, reason };
}
