// Runs the shared suites (golden values, gradients, masks, training steps) on an NVIDIA GPU: npm run test:gpu
// Says what it skips and why where there is no GPU, no driver or no `imdb-rnn native install --cuda`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const skip = (reason) => {
  console.log(`skipped: ${reason}`);
  process.exit(0);
};
if (!existsSync(new URL('../dist/native/nvidia-driver.js', import.meta.url))) {
  console.error('dist/ is not there. Run "npm run build" first.');
  process.exit(1);
}
const { findNvidiaDriver } = await import('../dist/native/nvidia-driver.js');
const { findNative } = await import('../dist/backends/native/find-native.js');
const driver = await findNvidiaDriver();
if (!driver) skip('there is no NVIDIA driver (nvidia-smi is not there or shows no GPU)');
if (!(await findNative('gpu'))) skip('TensorFlow for CUDA is not installed (imdb-rnn native install --cuda)');

console.log(`GPU: ${driver.gpus.map(({ name }) => name).join(', ')}, driver ${driver.version}`);
const tests = ['test/layers', 'test/model', 'test/optimizers', 'test/training/train-step.test.ts'];
const { status } = spawnSync('npx', ['vitest', 'run', ...tests], {
  cwd: root,
  stdio: 'inherit',
  // The golden values have 24 bits; TensorFloat-32, which a GPU takes for products else, has 11.
  env: { ...process.env, IMDB_RNN_TEST_GPU: '1', NVIDIA_TF32_OVERRIDE: '0' },
});
process.exit(status ?? 1);
