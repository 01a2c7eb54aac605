import { engine, ready, setBackend } from '@tensorflow/tfjs-core';
import { UserError } from '../errors/user-error.js';

/**
 * Makes a registered backend TF.js' current one, by TF.js' name for it.
 *
 * @throws UserError when it does not start, with what it threw as its cause
 */
export async function makeCurrent(name: string): Promise<void> {
  if (!(await setBackend(name))) {
    const cause = await failureOf(name);
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    throw new UserError(
      `The backend "${name}" does not start here${reason}`,
      "Try another one: --backend cpu, in a program useBackend('cpu').",
      { cause },
    );
  }
  await ready();
}

/** What a backend throws when it is made: TF.js prints that, and tells of the failure alone. */
async function failureOf(name: string): Promise<unknown> {
  try {
    await engine().registryFactory[name]?.factory();
  } catch (error) {
    return error;
  }
  return undefined;
}
