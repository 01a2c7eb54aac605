// Programs in processes of their own.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** A thread that waits for ever must not hold up the whole measurement. */
const longestMs = 40 * 60_000;

/**
 * Runs a program that answers with a line of JSON, the last one on its standard output.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @returns {Promise<any>} the answer
 * @throws {Error} with the last line of its standard error when it fails
 */
export async function answerOf(program, parameters) {
  const options = {
    maxBuffer: 64 * 2 ** 20,
    timeout: longestMs,
    killSignal: /** @type {const} */ ('SIGKILL'),
  };
  const { stdout } = await execute(program, parameters, options).catch((error) => {
    throw new Error(reasonOf(error));
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(last);
  } catch {
    throw new Error(`${program} answered "${last.slice(0, 200)}", which is not JSON`);
  }
}

/** @param {{ stderr?: string, code?: unknown, killed?: boolean, message: string }} error of execFile */
function reasonOf({ stderr, code, killed, message }) {
  if (killed) return `no answer in ${longestMs / 60_000} minutes`;
  const lines = (stderr ?? '').split('\n').filter((line) => line.trim() !== '');
  // An uncaught error of Node ends in its stack and version; of Python, in its message.
  const said = lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines.at(-1);
  return said?.trim() ?? `${message.split('\n')[0]} (${code})`;
}
