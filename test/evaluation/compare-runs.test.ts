import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ComparedRun,
  compareRuns,
  isMeasured,
  type MeasuredRun,
} from '../../src/evaluation/compare-runs.js';
import { testDifference } from '../../src/evaluation/difference.js';
import { testRuns } from '../../src/evaluation/differences.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { figureOf } from '../../src/tasks/figure.js';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder, tinyRun, useCpu } from '../runs/tiny-run.js';

let dataDir: string;
let runs: RunFolder[];
beforeAll(async () => {
  await useCpu();
  dataDir = await temporaryFolder();
  await writeData(dataDir, { train: examples, test: examples.slice(0, 8) });
});
beforeEach(async () => {
  const folder = await temporaryFolder();
  runs = [];
  for (const seed of [1, 2, 3]) runs.push(await tinyRun(folder, { name: `seed-${seed}`, seed }));
});

const cpu = { name: 'cpu', threads: 1 };
const options = () => ({ split: 'test' as const, dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 4 });

/** Compares, and tells which runs were evaluated anew. */
async function compare(changes: Partial<Parameters<typeof compareRuns>[1]> = {}) {
  const evaluated: string[] = [];
  let backends = 0;
  const compared = await compareRuns(runs, {
    ...options(),
    onStart: (run) => evaluated.push(run.name),
    useBackend: async () => {
      backends += 1;
      return cpu;
    },
    ...changes,
  });
  return { compared, evaluated, backends };
}
const measuredOf = (compared: readonly ComparedRun[]): MeasuredRun[] => compared.filter(isMeasured);

describe('comparing runs', () => {
  it('gives the figures that evaluating each by itself gives, the best accuracy first', async () => {
    const { compared, evaluated, backends } = await compare();
    expect(evaluated).toEqual(['seed-1', 'seed-2', 'seed-3']);
    expect(backends).toBe(1);
    const measured = measuredOf(compared);
    expect(measured).toHaveLength(3);
    for (const { run, evaluation } of measured) {
      const timeless = { seconds: 0, examplesPerSecond: 0 };
      const evaluated = await evaluateRun(run, options());
      const { task: _task, mistakes: _mistakes, survey: _survey, split, ...alone } = evaluated;
      expect(split).toBe('test');
      expect({ ...evaluation, ...timeless }).toEqual({ ...alone, ...timeless });
      const { negative, positive } = alone.details.perClass as Record<string, { f1: number }>;
      expect(figureOf(evaluation, 'f1')).toBe((negative.f1 + positive.f1) / 2);
    }
    const accuracies = measured.map(({ evaluation }) => figureOf(evaluation, 'accuracy')!);
    expect(accuracies).toEqual(accuracies.toSorted((one, other) => other - one));
  });

  it('evaluates nothing again, and starts no backend, while models and examples stay the same', async () => {
    const first = await compare();
    const second = await compare();
    expect([second.evaluated, second.backends]).toEqual([[], 0]);
    const figures = ({ compared }: typeof first) =>
      measuredOf(compared).map(({ run, evaluation }) => [run.name, evaluation]);
    expect(figures(second)).toEqual(figures(first));
    expect(measuredOf(second.compared).every(({ kept }) => kept)).toBe(true);
  });

  it('uses what eval has kept', async () => {
    await evaluateRun(runs[1], { ...options(), backend: { name: 'wasm', threads: 3 } });
    const { compared, evaluated } = await compare();
    expect(evaluated).toEqual(['seed-1', 'seed-3']);
    expect(measuredOf(compared).find(({ run }) => run.name === 'seed-2')).toMatchObject({
      ...{ kept: true, backend: 'wasm', threads: 3 },
    });
  });

  it('evaluates again what the caller does not accept', async () => {
    await compare();
    expect((await compare({ accepts: ({ threads }) => threads > 1 })).evaluated).toHaveLength(3);
  });

  it('evaluates again when the examples have changed', async () => {
    await compare();
    const other = await temporaryFolder();
    await writeData(other, { train: examples, test: examples.slice(1, 9) });
    expect((await compare({ dataDir: other })).evaluated).toHaveLength(3);
  });

  it('puts a damaged run last, with its error, and measures the others', async () => {
    await truncate(join(runs[0].path, 'weights.bin'), 40);
    const { compared } = await compare();
    expect(compared.map(({ run }) => run.name).at(-1)).toBe('seed-1');
    expect(compared.at(-1)).toMatchObject({ error: { message: expect.stringContaining('was cut short') } });
    expect(measuredOf(compared)).toHaveLength(2);
  });

  it('does not take figures from before a run was damaged', async () => {
    await compare();
    await truncate(join(runs[0].path, 'weights.bin'), 40);
    await rm(join(runs[1].path, 'vocabulary.txt'));
    await writeFile(join(runs[2].path, 'config.yaml'), 'model: {}\n');
    // As another process finds them: a folder that was read remembers its settings.
    runs = runs.map(({ path }) => new RunFolder(path));
    const { compared } = await compare();
    expect(measuredOf(compared)).toEqual([]);
  });

  it('hands on what is no fault of a run', async () => {
    const useBackend = () => Promise.reject(new TypeError('a bug'));
    await expect(compare({ useBackend })).rejects.toThrow('a bug');
  });

  it('knows what a training took: its epochs where run.json says less', async () => {
    await runs[0].appendMetrics({ type: 'epoch', seconds: 4 });
    await runs[0].appendMetrics({ type: 'step', seconds: 400 });
    await runs[0].appendMetrics({ type: 'epoch', seconds: 5 });
    await runs[0].writeSummary({ seconds: 6, parameters: 77 });
    await runs[1].writeSummary({ seconds: 12 });
    const measured = measuredOf((await compare()).compared);
    const costOf = (name: string) => measured.find(({ run }) => run.name === name)!.cost;
    expect(costOf('seed-1')).toMatchObject({ trainingSeconds: 9, parameters: 77 });
    expect(costOf('seed-2')).toMatchObject({ trainingSeconds: 12, parameters: 124 });
    expect(costOf('seed-3').trainingSeconds).toBeNull();
  });
});

describe('testing runs against each other', () => {
  it('counts the examples that only one of the two has right', async () => {
    const [one, other] = measuredOf((await compare()).compared);
    const [first, second] = [[...one.correct], [...other.correct]];
    const { onlyFirst, onlySecond } = testDifference(one, other);
    expect(onlyFirst).toBe(first.filter((hit, i) => hit === 1 && second[i] === 0).length);
    expect(onlySecond).toBe(second.filter((hit, i) => hit === 1 && first[i] === 0).length);
    expect(onlyFirst - onlySecond).toBe(
      Math.round(8 * (figureOf(one.evaluation, 'accuracy')! - figureOf(other.evaluation, 'accuracy')!)),
    );
  });

  it('is refused where the examples are not the same', async () => {
    const [one, other] = measuredOf((await compare()).compared);
    const elsewhere = { ...other, examples: { ...other.examples, contentHash: 'ffffffffffff' } };
    expect(() => testDifference(one, elsewhere)).toThrow(
      /^McNemar's test needs runs that were measured on the same examples: .* on 8 of acl-imdb \(test split, .*ffffffff\)\.$/,
    );
  });

  it('happens for exactly two runs, or against the one that is named', async () => {
    const { compared } = await compare();
    const [first, second] = compared;
    expect(testRuns(compared, { named: true }).differences).toEqual([]);
    expect(testRuns(compared.slice(0, 2), { named: true }).differences).toMatchObject([
      { run: first, against: second },
    ]);
    const against = testRuns(compared, { named: true, against: second.run });
    expect(against.differences.map((each) => each.against)).toEqual([second, second]);
    expect(against.problem).toBeUndefined();
  });

  it('tells why it cannot happen, which is fatal where it was asked for', async () => {
    const [first, second] = measuredOf((await compare()).compared);
    const mixed = [first, { ...second, examples: { ...second.examples, contentHash: 'other' } }];
    expect(testRuns(mixed, { named: false })).toMatchObject({ differences: [], problem: { isFatal: false } });
    expect(testRuns(mixed, { named: true })).toMatchObject({ problem: { isFatal: true } });
    expect(testRuns(mixed, { named: false, against: first.run })).toMatchObject({
      problem: { isFatal: true },
    });
  });
});
