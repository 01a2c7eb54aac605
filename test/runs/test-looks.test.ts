import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/evaluation/compare-runs.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { overviewOf } from '../../src/reporting/run-overview.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { noteTestLook, readTestLooks } from '../../src/runs/test-looks.js';
import { testLooksFile } from '../../src/runs/test-looks-file.js';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder, tinyRun, useCpu } from './tiny-run.js';

let dataDir: string;
let run: RunFolder;
beforeEach(async () => {
  await useCpu();
  dataDir = await temporaryFolder();
  await writeData(dataDir, { train: examples, test: examples.slice(0, 5) });
  run = await tinyRun(await temporaryFolder());
});
const options = () => ({ dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 4 });
const compare = () =>
  compareRuns([run], { ...options(), split: 'test', useBackend: async () => ({ name: 'cpu', threads: 1 }) });
const path = () => join(run.path, testLooksFile);

describe('the log of looks at the test split', () => {
  it('has a line for each evaluation and each comparison, kept answers or new ones', async () => {
    await evaluateRun(run, { ...options(), split: 'test' });
    await compare();
    await compare();
    const looks = await readTestLooks(run);
    expect(looks).toHaveLength(3);
    const { sha256 } = await run.modelFacts();
    for (const { time, model } of looks) {
      expect(Date.now() - Date.parse(time)).toBeLessThan(60_000);
      expect(model).toBe(sha256);
    }
    expect(new Set(looks.map((look) => look.examples)).size).toBe(1);
  });

  it('has none of the other splits', async () => {
    await evaluateRun(run, { ...options(), split: 'train' });
    expect(await readTestLooks(run)).toEqual([]);
  });

  it('is told of in the model card and the overview, and run.json does not vouch for it', async () => {
    expect((await overviewOf(run)).testLooks).toBe(0);
    for (const times of ['once', '2 times']) {
      await evaluateRun(run, { ...options(), split: 'test' });
      const card = await readFile(join(run.path, 'README.md'), 'utf8');
      expect(card).toContain(`its figures were looked at ${times} (\`${testLooksFile}\`)`);
    }
    expect((await overviewOf(run)).testLooks).toBe(2);
    expect(Object.keys((await run.readSummary())!.files)).not.toContain(testLooksFile);
  });

  it('goes on after a line that a kill has cut off, and leaves out what is no record', async () => {
    await evaluateRun(run, { ...options(), split: 'test' });
    await appendFile(path(), 'not a record\n{"time":"2026');
    await evaluateRun(run, { ...options(), split: 'test' });
    expect(await readTestLooks(run)).toHaveLength(2);
  });

  it('does not keep a run from being measured where it cannot be written', async () => {
    await rm(run.path, { recursive: true });
    await noteTestLook(run, { model: 'a', examples: 'b' });
    expect(await readTestLooks(run)).toEqual([]);
  });
});
