import { findBackend } from '@tensorflow/tfjs-core';
import { UserError } from '../../errors/user-error.js';
import { findNative, type NativeSource, noNative } from './find-native.js';
import { loadNative } from './load-native.js';
import { type NativeBackend, nativeBackendName } from './native-backend.js';
import { prepareEnvironment } from './prepare-environment.js';
import { registerFused } from './register-fused.js';

export interface NativeOptions {
  /** Threads of one operation; TensorFlow reads it once, as it is loaded. Default: every core. */
  readonly threads?: number;
  /** Let TensorFlow's own log lines through. Default: only where TF_CPP_MIN_LOG_LEVEL asks for them. */
  readonly verbose?: boolean;
  /** Folder of installations; see `nativeFolder`. */
  readonly folder?: string;
}

/** TensorFlow, as it was loaded. A process can load it once. */
export interface LoadedNative {
  readonly device: 'cpu' | 'gpu';
  readonly threads: number | undefined;
  readonly source: NativeSource | undefined;
  readonly backend: NativeBackend;
}

let loaded: LoadedNative | undefined;

/**
 * Loads TensorFlow and registers it with TF.js as `tensorflow`; called again, it gives what is loaded.
 *
 * @throws UserError when it is not installed, does not load, has no GPU where one was asked for, or was loaded with another
 *   device or number of threads before
 */
export async function useNative(device: 'cpu' | 'gpu', options: NativeOptions = {}): Promise<LoadedNative> {
  const { threads, verbose = process.env.TF_CPP_MIN_LOG_LEVEL !== undefined, folder } = options;
  if (loaded) return checkSame(loaded, device, threads);
  // The user's own program may have loaded tfjs-node; TF.js' registry is one for the whole process.
  let backend = findBackend(nativeBackendName) as NativeBackend | null;
  let source: NativeSource | undefined;
  if (!backend) {
    source = await findNative(device, { folder });
    if (!source) throw noNative(device);
    prepareEnvironment({ threads, verbose, useGpu: device === 'gpu' });
    backend = loadNative(source, { verbose });
  }
  registerFused();
  loaded = { device: backend.isUsingGpuDevice ? 'gpu' : 'cpu', threads, source, backend };
  if (device === 'gpu' && loaded.device === 'cpu') {
    throw new UserError(
      'TensorFlow is installed for CUDA, but finds no GPU that it can use',
      '`imdb-rnn doctor` shows the driver and what is missing; --backend wasm needs no GPU.',
    );
  }
  return loaded;
}

function checkSame(present: LoadedNative, device: 'cpu' | 'gpu', threads: number | undefined): LoadedNative {
  if (present.device !== device) {
    throw new UserError(
      `TensorFlow computes on the ${present.device === 'gpu' ? 'GPU' : 'CPU'} in this process already`,
      'Use one of the two for the whole process.',
    );
  }
  if (threads !== undefined && threads !== present.threads) {
    throw new UserError(
      `TensorFlow was started with ${present.threads ?? 'every core as'} threads and cannot change to ${threads}`,
      'Give the number of threads with the first use of the backend.',
    );
  }
  return present;
}
