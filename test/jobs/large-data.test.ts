import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { writeExamples } from '../../scripts/bench/million/write-examples.mjs';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rows = 200_000;
/** Where all texts, or all tokens three times in four bytes each, were in memory, it would be more. */
const mostBytes = 600e6;
const isAsked = process.env.IMDB_RNN_TEST_ALL !== undefined && existsSync(program);

describe.skipIf(!isAsked)(
  'a training on 200,000 rows of 1 kB (with IMDB_RNN_TEST_ALL=1, once dist/ is built)',
  () => {
    it('needs far less memory than three copies of the data, and learns, from the file and from the cache', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'large-data-'));
      try {
        const data = join(folder, 'rows.csv');
        const { bytes } = await writeExamples(data, { rows, labels: 4 });
        expect(bytes).toBeGreaterThan(195e6);
        for (const fromCache of [false, true]) {
          const { stdout } = await promisify(execFile)(process.execPath, [
            ...[program, 'train', '--config', 'bag-of-words', '--data', data, '--json', '--quiet'],
            ...['--set', 'training.epochs=1', '--name', fromCache ? 'second' : 'first'],
            ...['--data-dir', join(folder, 'data'), '--models-dir', join(folder, 'models')],
          ]);
          const result = JSON.parse(stdout);
          expect(result.trainingExamples).toBeGreaterThan(0.8 * rows);
          expect(result.best.validation.accuracy).toBeGreaterThan(0.8);
          expect(result.peakMemoryBytes).toBeLessThan(mostBytes);
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    }, 1_800_000);
  },
);
