import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tar from 'tar';
import type { Example } from '../../src/datasets/split.js';

const folder =
  process.env.IMDB_RNN_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const archive = join(folder, 'aclImdb_v1.tar.gz');

/** Why tests on the 25,000 training examples cannot run, to stand in their titles; '' where they can. */
export const noRealExamples = existsSync(archive)
  ? ''
  : ' (skipped: no aclImdb_v1.tar.gz in ../shared/data or IMDB_RNN_TEST_DATA)';

/** The training examples out of the archive, negative ones first, each by number: the order of `openSplit`. */
export async function readRealExamples(): Promise<Example[]> {
  const found: { id: number; label: number; text: string }[] = [];
  await tar.t({
    file: archive,
    onReadEntry(entry) {
      const match = /aclImdb\/train\/(pos|neg)\/(\d+)_\d+\.txt$/.exec(entry.path);
      if (match === null) {
        entry.resume();
        return;
      }
      const chunks: Buffer[] = [];
      const label = match[1] === 'pos' ? 1 : 0;
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => {
        found.push({ id: Number(match[2]), label, text: Buffer.concat(chunks).toString() });
      });
    },
  });
  found.sort((one, other) => one.label - other.label || one.id - other.id);
  return found.map(({ text, label }) => ({ text, target: label }));
}
