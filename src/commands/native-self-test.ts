import { UserError } from '../errors/user-error.js';
import { lastLines, runTool } from '../tensorflow-installer/run-tool.js';

/**
 * Tests an installation in a process of its own: libraries that do not fit may end the whole process.
 *
 * @returns the name of the device
 * @throws UserError with what the process said
 */
export async function selfTestInProcess(
  folder: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<string> {
  const parameters = [...process.execArgv, process.argv[1], 'native', 'self-test', folder];
  const result = await runTool(process.execPath, parameters, { signal, env: { NO_COLOR: '1' } });
  if (result?.code === 0) {
    return (JSON.parse(result.stdout.trim().split('\n').at(-1)!) as { device: string }).device;
  }
  const said = result ? lastLines(result) : 'it did not start';
  const ended = result?.code === null ? ' (it was ended by a signal: the CPU may lack AVX)' : '';
  throw new UserError(
    `TensorFlow is compiled, but does not compute here${ended}:\n  ${said}`,
    'Use --backend wasm, and tell us with the lines above and the output of `imdb-rnn doctor`.',
  );
}

/** Loads the libraries in `folder`, computes with them, and gives the device's name. Once in a process. */
export async function testInstallation(folder: string): Promise<string> {
  const [{ setBackend }, { loadNative }, { nativeBackendName }, { prepareEnvironment }, { testBackend }] =
    await Promise.all([
      import('@tensorflow/tfjs-core'),
      import('../backends/native/load-native.js'),
      import('../backends/native/native-backend.js'),
      import('../backends/native/prepare-environment.js'),
      import('../training/backend-self-test.js'),
    ]);
  prepareEnvironment({ verbose: false, useGpu: true });
  const backend = loadNative({ kind: 'folder', folder }, { verbose: false });
  await setBackend(nativeBackendName);
  testBackend();
  if (!backend.isUsingGpuDevice) return 'CPU';
  const { findNvidiaDriver } = await import('../tensorflow-installer/nvidia-driver.js');
  return (await findNvidiaDriver())?.gpus[0].name ?? 'GPU';
}
