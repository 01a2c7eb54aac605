// A folder for as long as the program runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder that goes when the program ends, by Ctrl-C too.
 *
 * @returns {string} its path
 */
export function makeTemporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'imdb-rnn-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    process.once(signal, () => process.exit(code));
  }
  return folder;
}
