// Entry of the bundle: TF.js' tests, told to run on one backend. `backend-under-test` is cpu.mjs or wasm.mjs.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { useBackend } from 'backend-under-test';

/** Declares all of TF.js' specs to the Jasmine that is in the globals. */
export async function declareSpecs(options) {
  const name = await useBackend(options);
  setTestEnvs([{ name, backendName: name, flags: {}, isDataSync: true }]);
  // Only now: the tests read the environments as they load.
  await import('@tensorflow/tfjs-core/dist/tests');
}
