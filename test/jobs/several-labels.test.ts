import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Example, Split } from '../../src/datasets/split.js';
import { compareRuns, isMeasured } from '../../src/evaluation/compare-runs.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { type TrainRunEvent, trainRun } from '../../src/jobs/train-run.js';
import { Predictor } from '../../src/prediction/predictor.js';
import { Random } from '../../src/random/random.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { figureOf } from '../../src/tasks/figure.js';
import { useVariant } from '../backends/backend-variants.js';
import { splitOf } from '../batches/split-of.js';
import { temporaryFolder } from '../runs/tiny-run.js';

const labels = ['price', 'service', 'taste'];
const words = ['expensive', 'waiter', 'delicious'];

/** Texts of a few words; each label has a word that tells it. Some texts have no label, some all three. */
function texts(count: number, seed: number): Example[] {
  const random = new Random(`texts ${seed}`);
  return Array.from({ length: count }, (_, place) => {
    const target = labels.flatMap((_, label) => ((place >> label) % 2 === 1 ? [label] : []));
    const fillers = Array.from({ length: 3 }, () => ['the', 'place', 'was', 'so'][random.integer(4)]);
    return { text: [...fillers, ...target.map((label) => words[label])].join(' '), target };
  });
}

const splits: Record<string, Split> = {
  train: splitOf(texts(160, 1), { labels, several: true }),
  test: splitOf(texts(40, 2), { name: 'test', labels, several: true }),
};
vi.mock('../../src/datasets/open-split.js', () => ({ openSplit: async (name: string) => splits[name] }));

let folder: string;
beforeAll(async () => {
  await useVariant({ title: '', name: 'wasm', options: { threads: 1 } });
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const models = {
  recurrent: { embedding: { units: 5 }, layers: [{ cell: 'gru', units: 6 }] },
  conv1d: { type: 'conv1d', embedding: { units: 5 }, filters: 16, kernelSize: 2 },
  averagedEmbedding: { type: 'averagedEmbedding', embedding: { units: 5 } },
  bagOfWords: { type: 'bagOfWords' },
};
const optimizers: Record<string, object | undefined> = {
  recurrent: { learningRate: 0.05 },
  conv1d: { learningRate: 0.02 },
  averagedEmbedding: { name: 'fastText', learningRate: 2 },
};

async function trained(name: keyof typeof models, training: object = {}, runName: string = name) {
  const optimizer = optimizers[name];
  const config = fillConfig(
    {
      text: { vocabularySize: 10, oovBuckets: 1 },
      model: models[name],
      training: {
        epochs: 12,
        batchSize: 8,
        validationSplit: 0.25,
        ...(optimizer && { optimizer }),
        ...training,
      },
    },
    'several',
  );
  const options = {
    config,
    configName: name,
    name: runName,
    dataDir: folder,
    modelsDir: join(folder, 'models'),
  };
  let finished: Extract<TrainRunEvent, { type: 'finished' }> | undefined;
  for await (const event of trainRun(options)) if (event.type === 'finished') finished = event;
  return finished!;
}

const evaluation = () => ({
  split: 'test' as const,
  dataDir: folder,
  cacheDir: join(folder, 'cache'),
  batchSize: 16,
});

describe('a training with several labels', () => {
  it.each(['recurrent', 'conv1d', 'averagedEmbedding', 'bagOfWords'] as const)(
    'learns which labels a text has: %s',
    async (name) => {
      const { run, best } = await trained(name);
      expect((await run.readConfig()).task).toBe('multiLabel');
      expect(Object.keys(best!.validation!)).toEqual(['loss', 'microF1']);
      const result = await evaluateRun(run, evaluation());
      expect(figureOf(result, 'microF1')).toBeGreaterThan(0.97);
      expect(figureOf(result, 'subsetAccuracy')).toBeGreaterThan(0.9);
      const predictor = await Predictor.open(new RunFolder(run.path));
      const answers = await predictor.predict(['the place was so expensive delicious', 'the place was so']);
      expect(answers.map(({ summary }) => summary)).toEqual(['price, taste', '-']);
      predictor.dispose();
    },
  );

  it('is told in the report and the model card, and compared with others', async () => {
    const runs = ['recurrent', 'bagOfWords'].map((name) => new RunFolder(join(folder, 'models', name)));
    const compared = await compareRuns(runs, {
      ...evaluation(),
      useBackend: async () => ({ name: 'wasm', threads: 1 }),
    });
    expect(compared.filter(isMeasured)).toHaveLength(2);
    for (const run of runs) {
      const [card, report] = await Promise.all(
        ['README.md', 'report.html'].map((name) => readFile(join(run.path, name), 'utf8')),
      );
      expect(card).toContain(
        'answers none, one or several of "price", "service", "taste", with a probability.',
      );
      expect(card).toMatch(/^\| micro F1 \| \d+\.\d % \| {2}\|$/m);
      expect(report).toContain('Hamming loss');
    }
  });

  it('chooses a threshold and a temperature for each label, and answers by them from then on', async () => {
    const training = { threshold: 'f1', calibrate: true, epochs: 3 };
    const { run, decision } = await trained('averagedEmbedding', training, 'decided');
    expect(decision).toMatchObject({ examples: 40, thresholdFor: 'f1' });
    expect([decision!.thresholds!.length, decision!.temperatures!.length]).toEqual([3, 3]);
    const again = new RunFolder(run.path);
    expect((await again.readTask()).decision).toEqual(decision);
    const result = await evaluateRun(again, evaluation());
    expect(result.task.decision).toEqual(decision);
    expect(await readFile(join(run.path, 'README.md'), 'utf8')).toMatch(
      /chosen for F1 on 40 held-out examples\n- (probabilities calibrated by|not calibrated)/,
    );
    const kept = (await again.readSummary())!.evaluations;
    const other = await evaluateRun(again, { ...evaluation(), threshold: 1 });
    expect(figureOf(other, 'microF1')).toBeLessThan(figureOf(result, 'microF1')!);
    expect((await again.readSummary())!.evaluations).toEqual(kept);
    const { sha256 } = await again.modelFacts();
    await again.writeDecision({ ...decision!, thresholds: [0.1, 0.2, 0.3] });
    expect((await again.modelFacts()).sha256).not.toBe(sha256);
  });

  it('says that nothing could be chosen where no examples are held out', async () => {
    const training = { threshold: 'f1', validationSplit: 0 };
    const { run, decision } = await trained('bagOfWords', training, 'nothing-held-out');
    expect(decision).toEqual({ examples: 0 });
    expect((await run.readTask()).decision).toBeUndefined();
    expect(await readFile(join(run.path, 'README.md'), 'utf8')).toContain(
      '- no examples were held out: no threshold and no temperature was chosen',
    );
  });

  it('tells the mistakes that it is surest of, with their texts', async () => {
    const run = new RunFolder(join(folder, 'models', 'recurrent'));
    const { mistakes } = await evaluateRun(run, { ...evaluation(), threshold: 1, mistakes: 3 });
    const test = texts(40, 2);
    expect(mistakes).toHaveLength(3);
    for (const { example, text, truth, answer } of mistakes) {
      expect(text).toBe(test[example].text);
      expect(truth).toEqual((test[example].target as number[]).map((label) => labels[label]));
      expect(answer.summary).toBe('-');
    }
    const sure = mistakes.map(({ answer }) => answer.probability);
    expect([...sure].sort((one, other) => other - one)).toEqual(sure);
  });

  it('is refused for a task of one label each', async () => {
    const config = fillConfig({ task: 'classification', model: { type: 'bagOfWords' } }, 'several');
    const options = { config, configName: 'no', dataDir: folder, modelsDir: join(folder, 'models') };
    await expect(trainRun(options).next()).rejects.toMatchObject({
      name: 'UserError',
      message: 'task is classification, one label for each text, but the examples have lists of labels.',
      hint: 'Set task to multiLabel, or leave it out.',
    });
  });
});
