import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFile } from '../../src/files/package-root.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { tinyExamples } from '../training/tiny-data.js';
import { prepareTrainings, trainUntil, whole } from './trainings.js';

prepareTrainings();

const textOf = (run: RunFolder, file: string) => readFile(join(run.path, file), 'utf8');

describe('what a training leaves', () => {
  it('is the same from the library as from the command: report, model card and run.json are written', async () => {
    const { run } = whole;
    expect(await readdir(run.path)).toEqual(expect.arrayContaining(['README.md', 'report.html', 'run.json']));
    expect(await run.readSummary()).toMatchObject({
      ...{ format: 2, status: 'completed', trainingExamples: 90, validationExamples: 10, knownTokens: 13 },
      files: { 'README.md': {}, 'report.html': {}, 'weights.bin': {} },
    });
    expect(await textOf(run, 'README.md')).toContain('`imdb-rnn eval` measures the test split.');
  });

  it('has what computed, where the caller says it', async () => {
    const { run } = await trainUntil({ name: 'noted', backend: { backend: 'wasm', threads: 1 } });
    expect(await run.readSummary()).toMatchObject({ backend: 'wasm', threads: 1 });
    expect(await textOf(run, 'README.md')).toContain('- backend wasm, 1 thread');
  });
});

describe('what an evaluation leaves', () => {
  const measure = (run: RunFolder, data: string) =>
    evaluateRun(run, { split: 'test', dataDir: data, cacheDir: join(data, 'cache'), batchSize: 16 });

  it('is figures of the test split in report, model card and run.json', async () => {
    const data = await temporaryFolder();
    await writeData(data, { train: tinyExamples(100), test: tinyExamples(40, { seed: 3 }) });
    const { run } = await trainUntil({ name: 'measured', dataDir: data });
    const { figures } = await measure(run, data);
    const written = `${((figures[0].value ?? 0) * 100).toFixed(1)} %`;
    expect(await textOf(run, 'README.md')).toContain(`| accuracy | ${written} |`);
    const report = await textOf(run, 'report.html');
    expect(report).toContain('Results on the test split');
    expect(report).toContain(`<b>${written}</b><span>test accuracy</span>`);
    expect((await run.readSummary())?.evaluations).toMatchObject({ test: { examples: 40 } });
    // A training that goes on makes another model: its figures are not known.
    await trainUntil({ config: { ...(await run.readConfig()) }, resume: run, dataDir: data });
    expect((await new RunFolder(run.path).readSummary())?.evaluations).toEqual({});
    expect(await textOf(run, 'README.md')).not.toContain('test split, 40 examples');
  });

  it('does not touch the run that ships with the program', async () => {
    const run = new RunFolder(packageFile('models', 'gru-small'));
    const before = await Promise.all(
      ['README.md', 'run.json', 'report.html'].map((file) => textOf(run, file)),
    );
    const data = await temporaryFolder();
    await writeData(data, { train: tinyExamples(4), test: tinyExamples(4) });
    await measure(run, data);
    const after = await Promise.all(
      ['README.md', 'run.json', 'report.html'].map((file) => textOf(run, file)),
    );
    expect(after).toEqual(before);
  });
});
