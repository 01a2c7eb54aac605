import { createInterface } from 'node:readline/promises';
import { isTerminal } from './colors.js';

/** Whether there is a person to ask: both the answers and the questions go by a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && isTerminal(process.stderr);
}

/**
 * Asks a question on standard error; only `y` or `yes` is a yes. An end of the input, such as Ctrl-D, is a no.
 *
 * @param question without a question's end: `Remove 3 runs?`
 */
export async function confirm(
  question: string,
  {
    input = process.stdin,
    output = process.stderr,
  }: { readonly input?: NodeJS.ReadableStream; readonly output?: NodeJS.WritableStream } = {},
): Promise<boolean> {
  const reader = createInterface({ input, output });
  try {
    const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
    const answer = await Promise.race([reader.question(`${question} [y/N] `), ended]);
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    reader.close();
  }
}
