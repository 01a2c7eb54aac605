import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examplesOfFold, stratifiedFolds } from '../../src/batches/stratified-folds.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import {
  type CrossValidateEvent,
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
} from '../../src/jobs/cross-validate.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { spreadOf } from '../../src/metrics/spread.js';
import { Random } from '../../src/random/random.js';
import { evaluationRecord, figureOf } from '../../src/tasks/figure.js';
import { senselessExamples, tinyExamples } from '../training/tiny-data.js';
import { config, dataDir, folder, prepareTrainings, trainUntil } from './trainings.js';

prepareTrainings();

async function validate(
  given: Config,
  options: Partial<CrossValidateOptions> = {},
  onEvent: (event: CrossValidateEvent) => void = () => {},
): Promise<CrossValidation> {
  const events = crossValidate(given, { folds: 4, dataDir, ...options });
  let next = await events.next();
  for (; !next.done; next = await events.next()) onEvent(next.value);
  return next.value;
}

/** What stays the same whenever it is done. */
const timeless = ({ folds }: CrossValidation) => folds.map((fold) => ({ ...fold, seconds: 0 }));

const rowsOf = (examples: readonly { text: string; target: unknown }[]) =>
  `text,label\n${examples.map(({ text, target }) => `${text},${['no', 'yes'][target as number]}`).join('\n')}\n`;

/** Examples in a file of rows, and a config that is trained on it. */
async function ownData(name: string, examples = tinyExamples(100)) {
  const train = join(folder, `${name}.csv`);
  await writeFile(train, rowsOf(examples));
  // Without test examples of their own, files give some of theirs.
  const test = join(folder, `${name}-test.csv`);
  await writeFile(test, rowsOf(tinyExamples(4)));
  return { ...config(), dataset: { name: 'files' as const, train, test } };
}

describe('crossValidate', () => {
  it('measures each fold as a run does that was trained on the other folds, whatever ends the training', async () => {
    const examples = senselessExamples(80);
    const training = {
      ...{ epochs: 6, batchSize: 4, optimizer: { learningRate: 0.01 }, validationSplit: 0.2 },
      ...{ validateEvery: 5, earlyStopping: { patience: 3 }, steps: 40, threshold: 'f1', calibrate: true },
    };
    const dealt = await ownData('dealt', examples);
    const own = fillConfig({ ...dealt, training }, 'test');
    const found = await validate(own);
    const targets = { values: Int32Array.from(examples, ({ target }) => target as number) };
    const foldOf = stratifiedFolds(targets, { folds: 4, random: new Random('cross-validation 1') });
    for (const fold of [0, 3]) {
      const { rest, heldOut } = examplesOfFold(foldOf, fold);
      const [train, test] = [rest, heldOut].map((part, at) => ({
        path: join(folder, `fold-${fold}-${at}.csv`),
        rows: rowsOf([...part].map((example) => examples[example])),
      }));
      for (const { path, rows } of [train, test]) await writeFile(path, rows);
      const dataset = { name: 'files' as const, train: train.path, test: test.path };
      const { run, events } = await trainUntil({
        name: `fold-${fold}`,
        config: fillConfig({ ...own, dataset }, 'test'),
      });
      const last = events.at(-1) as { best: unknown; decision: unknown };
      expect(found.folds[fold]).toMatchObject({ best: last.best, decision: last.decision });
      const alone = await evaluateRun(run, {
        ...{ split: 'test', dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 4 },
      });
      expect(evaluationRecord(found.folds[fold].evaluation)).toEqual(evaluationRecord(alone));
    }
  });

  it('deals each label evenly, and tells each example once', async () => {
    const { folds, examples } = await validate(config(), { folds: 3 });
    expect(examples).toBe(100);
    expect(folds.map(({ evaluation }) => evaluation.examples).sort()).toEqual([33, 33, 34]);
    expect(
      folds.map(({ trainingExamples, validationExamples }) => trainingExamples + validationExamples),
    ).toEqual(folds.map(({ evaluation }) => 100 - evaluation.examples));
    for (const { evaluation } of folds) {
      const { negative, positive } = evaluation.details.perClass as Record<string, { support: number }>;
      expect(Math.abs(negative.support - positive.support)).toBeLessThanOrEqual(1);
    }
  });

  it('counts the words of a fold only where it is learnt from', async () => {
    // Each example has a word of its own.
    const examples = tinyExamples(40).map(({ text, target }, at) => ({
      text: `${text} own${'x'.repeat(at)}`,
      target,
    }));
    const own = await ownData('words', examples);
    const text = { vocabularySize: 1000, oovBuckets: 1 };
    const { folds } = await validate(fillConfig({ ...own, text }, 'test'));
    const shared = folds.map(({ knownTokens, evaluation }) => knownTokens - (40 - evaluation.examples));
    expect(new Set(shared).size).toBe(1);
  });

  it('gives mean, deviation and interval of the figures of all folds', async () => {
    const { folds, figures } = await validate(config());
    const accuracies = folds.map(({ evaluation }) => figureOf(evaluation, 'accuracy')!);
    expect(figures.find(({ name }) => name === 'accuracy')!.spread).toEqual(spreadOf(accuracies));
    expect(figures.map(({ name }) => name)).toEqual(folds[0].evaluation.figures.map(({ name }) => name));
  });

  it('repeats, and deals otherwise for another seed', async () => {
    const found = await validate(config());
    expect(timeless(await validate(config()))).toEqual(timeless(found));
    expect(timeless(await validate({ ...config(), seed: 2 }))).not.toEqual(timeless(found));
  });

  it('tells how far it is, and of the folds that are done when it is stopped', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    const found = await validate(config(), { signal: controller.signal }, (event) => {
      if (event.type !== 'progress') return;
      shares.push(event.done / event.total);
      if (event.fold === 3) controller.abort();
    });
    expect(shares.every((share, at) => share > 0 && share < 1 && (at === 0 || share >= shares[at - 1]))).toBe(
      true,
    );
    expect(found.folds.map(({ fold }) => fold)).toEqual([1, 2]);
    expect([found.foldCount, found.figures[0].spread!.count]).toEqual([4, 2]);
    const none = await validate(config(), { signal: AbortSignal.abort() });
    expect([none.folds, none.figures]).toEqual([[], []]);
  });

  it('refuses what cannot be dealt, or has nothing to choose an epoch by', async () => {
    await expect(validate(config(), { folds: 1 })).rejects.toThrow(
      '100 examples cannot be dealt into 1 folds.',
    );
    await expect(validate(config(), { folds: 101 })).rejects.toThrow('cannot be dealt into 101 folds.');
    const without = { ...config().training, validationSplit: 0, earlyStopping: { patience: 1 } };
    await expect(validate(fillConfig({ ...config(), training: without }, 'test'))).rejects.toThrow(
      'training.earlyStopping goes by the validation',
    );
  });
});
