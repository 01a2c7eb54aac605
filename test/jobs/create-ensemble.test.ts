import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { heldOutExamples } from '../../src/evaluation/held-out-examples.js';
import { keptPredictions, openSplitOfRun, predictRun } from '../../src/evaluation/predict-run.js';
import { temporaryPath } from '../../src/files/write-atomically.js';
import { type CreateEnsembleOptions, createEnsemble } from '../../src/jobs/create-ensemble.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { trainRun } from '../../src/jobs/train-run.js';
import { Predictor } from '../../src/prediction/predictor.js';
import { createEnsembleRun } from '../../src/runs/create-ensemble-run.js';
import { findRun, listRuns } from '../../src/runs/find-run.js';
import { modelState } from '../../src/runs/model-files.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { writeData } from '../batches/write-data.js';
import { tinyExamples } from '../training/tiny-data.js';
import { config, dataDir, folder, modelsDir, prepareTrainings, trainUntil, whole } from './trainings.js';

prepareTrainings();

/** A bag of words and of pairs of words: another model, other words and another way to read than the recurrent run's. */
const bagConfig = (training: object = {}, seed = 1): Config =>
  fillConfig(
    {
      ...{ seed, model: { type: 'bagOfWords' }, training: { epochs: 3, ...training } },
      text: { tokenizer: 'punctuation', vocabularySize: 100, ngrams: 2, maxLength: 40 },
    },
    'test',
  );

let bag: RunFolder;
let otherSeed: RunFolder;
beforeAll(async () => {
  await writeData(dataDir, {
    train: tinyExamples(100),
    test: tinyExamples(40, { seed: 2 }),
  });
  bag = (await trainUntil({ name: 'bag', config: bagConfig() })).run;
  otherSeed = (await trainUntil({ name: 'other-seed', config: bagConfig({}, 2) })).run;
});

let count = 0;
const computing = () => ({ dataDir, cacheDir: join(dataDir, 'cache') });
const join2 = (runs: readonly RunFolder[], options: Partial<CreateEnsembleOptions> = {}) =>
  createEnsemble(runs, { name: `ensemble-${++count}`, modelsDir, ...computing(), ...options });

const texts = ['the film was good', 'a bad story of people', 'strange dog', ''];

async function positivesOf(run: RunFolder): Promise<number[]> {
  const predictor = await Predictor.open(run);
  const answers = await predictor.predict(texts);
  predictor.dispose();
  return answers.map(({ probabilities }) => probabilities.positive);
}

async function outputsOf(run: RunFolder): Promise<number[]> {
  const split = await openSplitOfRun(run, { split: 'test', dataDir });
  const backend = { name: 'wasm', threads: 1 };
  return [...(await predictRun(run, split, { ...computing(), batchSize: 8, backend })).outputs];
}

const mean = (one: readonly number[], other: readonly number[], share: number) =>
  one.map((value, at) => share * value + (1 - share) * other[at]);

function expectClose(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  got.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at], 6);
  });
}

describe('an ensemble', () => {
  it('answers texts with the weighted mean of what its members answer, each reading in its own way', async () => {
    const { run } = await join2([whole.run, bag], { weights: [2, 1] });
    const [gru, words] = [await positivesOf(whole.run), await positivesOf(bag)];
    expect(gru).not.toEqual(words);
    expectClose(await positivesOf(run), mean(gru, words, 2 / 3));
  });

  it('is measured by the same mean, of all members alike unless told otherwise', async () => {
    const { run, members } = await join2([bag, whole.run]);
    expect(members).toEqual([
      { name: 'bag', weight: 1 },
      { name: 'whole', weight: 1 },
    ]);
    expectClose(await outputsOf(run), mean(await outputsOf(bag), await outputsOf(whole.run), 0.5));
    const { figures, examples } = await evaluateRun(run, { ...computing(), split: 'test', batchSize: 8 });
    expect(examples).toBe(40);
    expect(figures[0].name).toBe('accuracy');
    expect((await run.readSummary())?.evaluations).toBeDefined();
  });

  it('averages probabilities at the temperatures of its members', async () => {
    const before = await positivesOf(bag);
    const calibrated = (await trainUntil({ name: 'warm', config: bagConfig() })).run;
    await calibrated.writeDecision({ examples: 10, temperatures: [4] });
    const warm = await positivesOf(calibrated);
    expect(warm).not.toEqual(before);
    const { run } = await join2([whole.run, calibrated]);
    expectClose(await positivesOf(run), mean(await positivesOf(whole.run), warm, 0.5));
  });

  it('keeps what it said, until weights or members are others', async () => {
    const { run } = await join2([whole.run, bag], { weights: [2, 1] });
    const said = await outputsOf(run);
    const split = await openSplitOfRun(run, { split: 'test', dataDir });
    expect([...(await keptPredictions(run, split))!.outputs]).toEqual(said);
    const facts = await run.modelFacts();
    const others = [
      await join2([whole.run, bag], { weights: [1, 2] }),
      await join2([bag, whole.run], { weights: [1, 2] }),
      await join2([whole.run, otherSeed], { weights: [2, 1] }),
    ];
    const hashes = await Promise.all(others.map(async (other) => (await other.run.modelFacts()).sha256));
    expect(new Set([facts.sha256, ...hashes]).size).toBe(4);
    const [one, other] = [await whole.run.modelFacts(), await bag.modelFacts()];
    expect(facts.numbers).toBe(one.numbers + other.numbers);
  });

  it('needs none of the runs that it was made of, and is found and listed as they are', async () => {
    const gone = (await trainUntil({ name: 'gone', config: bagConfig({}, 3) })).run;
    const { run } = await join2([gone, whole.run], { name: 'alone' });
    const before = await positivesOf(run);
    await rm(gone.path, { recursive: true });
    expect(await positivesOf(await findRun(modelsDir, 'alone'))).toEqual(before);
    expect((await listRuns(modelsDir)).map(({ name }) => name)).toContain('alone');
    expect(await modelState(run.path)).toBe('whole');
    await rm(join(run.path, 'members', '2', 'weights.bin'));
    expect(await modelState(run.path)).toBe('damaged');
  });

  it('chooses the weights on the examples that all of its members have held out', async () => {
    // Each sees one end of a text, and half of the words that tell.
    const ends: RunFolder[] = [];
    for (const keep of ['start', 'end']) {
      const seeing = { ...bagConfig(), text: { maxLength: 3, keep, lengthUnit: 'tokens' } };
      ends.push((await trainUntil({ name: keep, config: fillConfig(seeing, 'test') })).run);
    }
    const { run, fit, members } = await join2(ends, { fitWeights: true });
    expect(fit!.examples).toBe(10);
    expect(fit!.weights[0] * 10).toBeCloseTo(Math.round(fit!.weights[0] * 10), 9);
    expect(fit!.loss).toBeLessThanOrEqual(fit!.equalLoss);
    expect(fit!.loss).toBeLessThan(Math.min(...fit!.ownLosses));
    expect(members.map(({ weight }) => weight)).toEqual(fit!.weights);
    const held = await evaluateRun(run, { ...computing(), split: 'validation', batchSize: 8 });
    expect(held.figures.find(({ name }) => name === 'loss')!.value).toBeCloseTo(fit!.loss, 6);
  });

  it('chooses them on the validation examples of the data where it has some, whatever the seeds, of three labels too', async () => {
    const labels = ['no', 'yes', 'maybe'];
    const paths = await Promise.all(
      [90, 30, 12].map(async (size, part) => {
        const rows = tinyExamples(size, { labelCount: 3, seed: part }).map(
          ({ text, target }) => `${text},${labels[target as number]}`,
        );
        const path = join(folder, `three-${part}.csv`);
        await writeFile(path, `text,label\n${rows.join('\n')}\n`);
        return path;
      }),
    );
    const [train, test, validation] = paths;
    const seeing = (keep: string, seed: number) => ({
      ...{ ...bagConfig({}, seed), dataset: { name: 'files', train, test, validation } },
      text: { maxLength: 3, keep, lengthUnit: 'tokens' },
    });
    const runs: RunFolder[] = [];
    for (const [keep, seed] of [
      ['start', 1],
      ['end', 2],
    ] as const) {
      const own = fillConfig(seeing(keep, seed), 'test');
      runs.push((await trainUntil({ name: `three-${keep}`, config: own })).run);
    }
    const { run, fit } = await join2(runs, { fitWeights: true });
    expect(fit!.examples).toBe(12);
    const [one, other] = [await outputsOf(runs[0]), await outputsOf(runs[1])];
    const outputs = await outputsOf(run);
    expect(outputs).toHaveLength(90);
    expectClose(outputs, mean(one, other, fit!.weights[0]));
  });

  it('is not made where one of its members alone is better than any mean', async () => {
    await expect(join2([whole.run, bag], { fitWeights: true })).rejects.toThrow(
      'On 10 held-out examples bag alone has a lower log loss than any mean with the others.',
    );
  });

  it('is measured on no example that a member has learnt from', async () => {
    const [own, others] = await Promise.all(
      [[bag], [otherSeed], [bag, otherSeed]].map((runs) => heldOutExamples(runs, computing())),
    ).then(([one, other, both]) => {
      const common = [...one!.places].filter((place) => other!.places.includes(place));
      return [common, both ? [...both.places] : []];
    });
    expect(others).toEqual(own);
    expect(others.length).toBeLessThan(10);
  });

  it('says when no example was held out by all members', async () => {
    const none = (await trainUntil({ name: 'none-held', config: bagConfig({ validationSplit: 0 }) })).run;
    await expect(join2([bag, none], { fitWeights: true })).rejects.toThrow(
      'No example was held out by all 2 runs',
    );
    const { run } = await join2([bag, none]);
    await expect(evaluateRun(run, { ...computing(), split: 'validation', batchSize: 8 })).rejects.toThrow(
      'No example was held out by all 2 members',
    );
  });

  it('gets a threshold and a temperature of its own where its first member was to have them', async () => {
    const asked = { threshold: 'f1' as const, calibrate: true };
    const first = (
      await trainUntil({
        name: 'asked',
        config: { ...config(), training: { ...config().training, ...asked } },
      })
    ).run;
    const { run, decision } = await join2([first, bag]);
    expect(decision).toMatchObject({ examples: 10, thresholdFor: 'f1' });
    expect((await run.readTask()).decision).toEqual(decision);
    expect((await run.readConfig()).training).toMatchObject(asked);
  });

  it('cannot be trained, and has no model of its own', async () => {
    const { run } = await join2([whole.run, bag]);
    const own = await run.readConfig();
    await expect(run.readModel()).rejects.toThrow('is an ensemble: it has several models');
    const events = trainRun({ config: own, configName: 'x', dataDir, modelsDir });
    await expect(events.next()).rejects.toThrow('model.type is ensemble, which has no weights of its own');
  });
});

describe('making an ensemble', () => {
  it('refuses what cannot be joined, and leaves nothing', async () => {
    const before = await readdir(modelsDir);
    const { run: joined } = await join2([whole.run, bag], { name: 'joined' });
    await expect(join2([bag])).rejects.toThrow('An ensemble needs at least two runs, got 1.');
    await expect(join2([bag, joined])).rejects.toThrow('is an ensemble itself');
    await expect(join2([bag, bag])).rejects.toThrow('are the same model');
    await expect(join2([bag, whole.run], { name: 'joined' })).rejects.toThrow('is already there');
    await expect(join2([bag, whole.run], { name: '../x' })).rejects.toThrow('cannot be the name of a run');
    await expect(join2([bag, whole.run], { weights: [1] })).rejects.toThrow('expected 2 numbers above 0');
    await expect(join2([bag, whole.run], { weights: [1, 0] })).rejects.toThrow('expected 2 numbers above 0');
    expect((await readdir(modelsDir)).sort()).toEqual([...before, 'joined'].sort());
  });

  it('refuses runs of other labels and of other data', async () => {
    const path = join(folder, 'verdicts.csv');
    const rows = tinyExamples(60).map(({ text, target }) => `${text},${['no', 'yes'][target as number]}`);
    await writeFile(path, `text,label\n${rows.join('\n')}\n`);
    const own = fillConfig({ ...bagConfig(), dataset: { name: 'files', train: path } }, 'test');
    const { run } = await trainUntil({ name: 'own', config: own });
    await expect(join2([bag, run])).rejects.toThrow(
      'bag and own have other labels: negative, positive, and no, yes.',
    );
    const again = `${path.slice(0, -4)}-2.csv`;
    await writeFile(again, `text,label\n${rows.reverse().join('\n')}\n`);
    const other = await trainUntil({
      name: 'own-2',
      config: fillConfig({ ...own, dataset: { name: 'files', train: again } }, 'test'),
    });
    await expect(join2([run, other.run])).rejects.toThrow('own and own-2 have other data sets: train');
  });

  it('leaves nothing where a member changes while it is copied, and clears away what a kill has left', async () => {
    const { run } = await join2([whole.run, bag]);
    const ensemble = {
      ...{ name: 'half', config: await run.readConfig(), labels: await run.readLabels() },
      members: [whole.run, bag].map((member) => ({ run: member, sha256: 'another' })),
    };
    await expect(createEnsembleRun(modelsDir, ensemble)).rejects.toThrow('has changed while it was copied');
    // No process has a number as high as this.
    const left = basename(temporaryPath('.ensemble-x')).replace(/\d+@/, '99999999@');
    await mkdir(join(modelsDir, left));
    await join2([whole.run, bag]);
    const names = await readdir(modelsDir);
    expect(names.filter((name) => name.includes('half') || name.startsWith('.ensemble-'))).toEqual([]);
  });
});
