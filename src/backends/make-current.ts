import { ready, setBackend } from '@tensorflow/tfjs-core';
import { UserError } from '../errors/user-error.js';

/**
 * Makes a registered backend TF.js' current one, by TF.js' name for it.
 *
 * @throws UserError when it does not start
 */
export async function makeCurrent(name: string): Promise<void> {
  if (!(await setBackend(name)))
    throw new UserError(`The backend "${name}" does not start here`, 'Try --backend cpu.');
  await ready();
}
