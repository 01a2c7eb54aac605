import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { openSplit } from '../../src/datasets/open-split.js';
import type { TextSplit } from '../../src/datasets/split.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import { Predictor } from '../../src/prediction/predictor.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { figureOf } from '../../src/tasks/figure.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { checkpointOf, metricsOf, weightsOf } from './trainings.js';
import { featureColumns, pricedExamples, splitOf } from './weighed-split.js';

// No packaged data set has weights or features: this one takes its place.
vi.mock(import('../../src/datasets/open-split.js'), async (original) => ({
  ...(await original()),
  openSplit: vi.fn(),
}));

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  vi.mocked(openSplit).mockImplementation(async (name) => splitOf(pricedExamples(80), { name }));
});

const recurrent = { embedding: { units: 3 }, layers: [{ cell: 'gru', units: 3 }], dropout: 0.2 };
const adam = { learningRate: 0.05 };
const models = {
  recurrent: { model: recurrent, optimizer: adam },
  convolution: {
    model: { type: 'conv1d', embedding: { units: 3 }, filters: 4, dropout: 0.2 },
    optimizer: adam,
  },
  'recurrent, against itself': {
    model: {
      embedding: { units: 3, dropout: 0.2, wordDropout: 0.2, ngrams: 2, ngramVectors: 30 },
      layers: [{ cell: 'lstm', units: 3, zoneout: 0.1, cellZoneout: 0.2, weightDropout: 0.3 }],
    },
    adversarial: { epsilon: 0.1 },
    optimizer: adam,
  },
  'convolution, twice': {
    model: { type: 'conv1d', embedding: { units: 3, wordDropout: 0.2 }, filters: 4, dropout: 0.2 },
    rDrop: { weight: 0.5 },
    optimizer: adam,
  },
  'averaged embeddings': {
    model: { type: 'averagedEmbedding', embedding: { units: 3 } },
    optimizer: { name: 'fastText', learningRate: 0.5 },
  },
  'a bag of words': { model: { type: 'bagOfWords' }, labelSmoothing: 0 },
};

/** Without numbers beside the texts, which a bag of words does not read. */
function wordsAlone(): TextSplit {
  const examples = pricedExamples(80).map(({ features: _none, ...rest }) => rest);
  return splitOf(examples, { contentHash: 'words alone' });
}

function configOf(type: keyof typeof models, changes: object = {}): Config {
  const { model, ...own } = models[type];
  const training = {
    epochs: 4,
    batchSize: 8,
    classWeights: 'balanced',
    labelSmoothing: 0.1,
    ...own,
    ...changes,
  };
  return fillConfig({ text: { vocabularySize: 12, oovBuckets: 1 }, model, training }, 'test');
}

async function trained(
  options: Pick<TrainRunOptions, 'config'> & Partial<TrainRunOptions>,
  interruptAt?: { epoch: number; step: number },
): Promise<{ run: RunFolder; events: TrainRunEvent[] }> {
  const controller = new AbortController();
  const places = { dataDir: join(folder, 'data'), modelsDir: join(folder, 'models'), configName: 'test' };
  const events: TrainRunEvent[] = [];
  for await (const event of trainRun({ ...places, signal: controller.signal, ...options })) {
    events.push(event);
    const { epoch, step } = event as { epoch?: number; step?: number };
    if (interruptAt && epoch === interruptAt.epoch && step === interruptAt.step) controller.abort();
  }
  return { run: events.find((event) => event.type === 'prepared')!.run, events };
}

const variants = backendVariants.filter(
  ({ name, title }) => name === 'cpu' || title.includes('128-bit relaxed'),
);
const cases = variants.flatMap((variant) =>
  (Object.keys(models) as (keyof typeof models)[]).map((type) => ({ variant, type, on: variant.title })),
);

describe('trainRun with weights, smoothing and numbers beside the texts', () => {
  it.each(cases)('repeats, resumed or not, bit for bit: $type on $on', async ({ variant, type }) => {
    await useVariant(variant);
    const before = tf.memory().numTensors;
    if (type === 'a bag of words') vi.mocked(openSplit).mockResolvedValue(wordsAlone());
    const config = configOf(type);
    const whole = await trained({ config });
    const part = await trained({ config }, { epoch: 2, step: 5 });
    await trained({ config: await part.run.readConfig(), resume: part.run });
    expect(await weightsOf(part.run)).toEqual(await weightsOf(whole.run));
    expect(await checkpointOf(part.run)).toEqual(await checkpointOf(whole.run));
    expect(await metricsOf(part.run, 'epoch')).toEqual(await metricsOf(whole.run, 'epoch'));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns from the number what the text does not say, is evaluated and asked with it', async () => {
    await useVariant(variants[0]);
    const { run } = await trained({ config: configOf('recurrent', { epochs: 8 }), name: 'priced' });
    const places = { dataDir: join(folder, 'data'), cacheDir: join(folder, 'cache'), batchSize: 16 };
    const evaluation = await evaluateRun(run, { split: 'test', ...places });
    expect(figureOf(evaluation, 'accuracy')).toBe(1);
    expect((await run.readSummary())?.features).toEqual(featureColumns);

    const predictor = await Predictor.open(run);
    expect(predictor.features).toEqual(featureColumns);
    const [dear, cheap] = await predictor.predict([
      { text: 'a film', features: [1_050, 0] },
      { text: 'a film', features: [150, 0] },
    ]);
    expect([dear.summary, cheap.summary]).toEqual(['positive', 'negative']);
    const needs = 'the model needs 2 features (price, is new) beside each text';
    await expect(predictor.predict(['a film'])).rejects.toThrow(
      `Text 1 comes without features, but ${needs}`,
    );
    const short = predictor.predict([
      { text: 'a', features: [1, 0] },
      { text: 'b', features: [1] },
    ]);
    await expect(short).rejects.toThrow(`Text 2 comes with 1 of them, but ${needs}`);
    const wrong = predictor.predict([{ text: 'a', features: [NaN, 0] }]);
    await expect(wrong).rejects.toThrow('The feature price of text 1 is NaN');
    expect(await predictor.predict([])).toEqual([]);
    predictor.dispose();

    const others = splitOf(pricedExamples(20), {
      name: 'test',
      contentHash: 'other',
      features: featureColumns.toReversed(),
    });
    vi.mocked(openSplit).mockResolvedValue(others);
    await expect(evaluateRun(run, { split: 'test', ...places })).rejects.toThrow(
      'The model was trained with 2 features (price, is new) beside each text, but the examples have 2 features (is new, price).',
    );
  });

  it('measures validation without weights and smoothing: every example counts once', async () => {
    await useVariant(variants[0]);
    const texts = pricedExamples(80).map(({ weight: _weight, ...rest }) => rest);
    const losses: number[] = [];
    for (const weight of [undefined, 1_000]) {
      const contentHash = `weight ${weight}`;
      const examples = texts.map((example) => ({ ...example, ...(weight && { weight }) }));
      vi.mocked(openSplit).mockResolvedValue(splitOf(examples, { contentHash }));
      // A rate so small that the model stays what it was.
      const config = configOf('recurrent', {
        epochs: 1,
        validationSplit: 0.3,
        optimizer: { learningRate: 1e-12 },
      });
      const { events } = await trained({ config });
      const epoch = events.find((event) => event.type === 'epoch')!;
      losses.push(epoch.validation!.loss);
      if (weight) expect(epoch.training.loss).toBeGreaterThan(100);
    }
    expect(losses[1]).toBeCloseTo(losses[0], 6);
  });

  it('tells a mistaken label before it reads the texts', async () => {
    await useVariant(variants[0]);
    const read = vi.fn();
    vi.mocked(openSplit).mockResolvedValue({
      ...splitOf(pricedExamples(8), { contentHash: 'unread' }),
      read,
    });
    const config = configOf('recurrent', { classWeights: { positiv: 2 } });
    await expect(trained({ config })).rejects.toThrow('Did you mean positive?');
    expect(read).not.toHaveBeenCalled();
  });
});
