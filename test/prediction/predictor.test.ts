import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GRU, type GruArgs } from '../../src/layers/gru.js';
import { predictionRecord } from '../../src/prediction/prediction-record.js';
import { Predictor } from '../../src/prediction/predictor.js';
import { createRun } from '../../src/runs/create-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { ownVariants, useVariant } from '../backends/backend-variants.js';
import {
  temporaryFolder,
  tinyConfig,
  tinyLabels,
  tinyModel,
  tinyRun,
  tinyVocabulary,
  useCpu,
} from '../runs/tiny-run.js';

beforeAll(useCpu);

/** What `predict --json` prints of a classifier. */
interface Labelled {
  label: string;
  probability: number;
  probabilities: Record<string, number>;
}

describe('a prediction', () => {
  it('names the most probable label, and the probability of every label', async () => {
    const predictor = await Predictor.open(await tinyRun(await temporaryFolder()));
    const [prediction] = await predictor.predict(['The good film']);
    const answer = predictionRecord(prediction);
    // Known words are lower case: "The" is an unknown one.
    const ids = ['The', 'good', 'film'].map((token) => tinyVocabulary.id(token));
    const [positive] = (tinyModel().predict(tf.tensor2d([ids], undefined, 'int32')) as tf.Tensor).dataSync();
    expect(answer).toEqual({
      text: 'The good film',
      label: positive > 0.5 ? 'positive' : 'negative',
      probability: Math.max(positive, 1 - positive),
      probabilities: { negative: 1 - positive, positive },
    });
  });

  it('refuses numbers beside a text where the model was trained on texts alone', async () => {
    const predictor = await Predictor.open(await tinyRun(await temporaryFolder()));
    expect(predictor.features).toEqual([]);
    const answer = predictor.predict(['The good film', { text: 'bad', features: [1, 2] }]);
    await expect(answer).rejects.toThrow(
      'Text 2 comes with 2 features, but the model was trained on texts alone.',
    );
    const [plain] = await predictor.predict([{ text: 'The good film' }]);
    expect(plain).toEqual((await predictor.predict(['The good film']))[0]);
  });

  it('has a row of probabilities where the model tells several labels apart', async () => {
    const labels = ['bad', 'middling', 'good'];
    const run = await createRun(await temporaryFolder(), {
      name: 'three',
      config: tinyConfig(),
      vocabulary: tinyVocabulary,
      labels,
    });
    await run.writeModel(tinyModel({ columns: 3 }));
    const [prediction] = await (await Predictor.open(run)).predict(['great film']);
    const { label, probability, probabilities } = predictionRecord(prediction) as unknown as Labelled;
    expect(Object.keys(probabilities)).toEqual(labels);
    expect(Object.values(probabilities).reduce((sum, one) => sum + one)).toBeCloseTo(1, 6);
    expect(probability).toBe(Math.max(...Object.values(probabilities)));
    expect(probabilities[label]).toBe(probability);
  });

  it('carries a note, and is still a probability, when the text tells the model nothing', async () => {
    const predictor = await Predictor.open(await tinyRun(await temporaryFolder()));
    const answers = await predictor.predict(['', ' \n', '12/10 :-)', 'unheard of', 'unheard of good']);
    expect(answers.map(({ note }) => note)).toEqual([
      'empty text',
      'empty text',
      'no word in it',
      'no known word',
      undefined,
    ]);
    for (const { probability } of answers) expect(probability).toBeGreaterThanOrEqual(0.5);
    expect(answers[4]).not.toHaveProperty('note');
  });

  it('leaves no tensor behind', async () => {
    const run = await tinyRun(await temporaryFolder());
    const before = tf.memory().numTensors;
    const predictor = await Predictor.open(run);
    await predictor.predict(['good', 'bad film']);
    predictor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** Sizes that fill no kernel's tile. */
async function oddRun(): Promise<RunFolder> {
  const normal = (seed: number) => initializers.randomNormal({ mean: 0, stddev: 0.7, seed });
  const gru = (seed: number, returnSequences: boolean) =>
    new GRU({
      units: 13,
      recurrentActivation: 'sigmoid',
      kernelInitializer: normal(seed),
      recurrentInitializer: normal(seed + 1),
      returnSequences,
      resetAfter: true,
    } as GruArgs) as unknown as ReturnType<typeof layers.gru>;
  const model = sequential({
    layers: [
      layers.embedding({
        inputDim: tinyVocabulary.idCount,
        outputDim: 10,
        maskZero: true,
        inputShape: [null],
        embeddingsInitializer: normal(1),
      }),
      gru(2, true),
      gru(4, false),
      layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: normal(6) }),
    ],
  });
  const run = await createRun(await temporaryFolder(), {
    name: 'odd',
    config: tinyConfig(),
    vocabulary: tinyVocabulary,
    labels: tinyLabels,
  });
  await run.writeModel(model);
  return run;
}

/** 40 texts of 0 to 39 words. */
const texts = Array.from({ length: 40 }, (_, length) =>
  Array.from({ length }, (_, place) => tinyVocabulary.token(((place * 7 + length) % 8) + 1)).join(' '),
);

describe.each(ownVariants)('on $title, a probability is the same bit for bit', (variant) => {
  let predictor: Predictor;
  let expected: number[];
  const probabilitiesOf = async (list: readonly string[]) =>
    (await predictor.predict(list)).map(
      (prediction) => (predictionRecord(prediction) as unknown as Labelled).probabilities.positive,
    );

  beforeAll(async () => {
    const run = await oddRun();
    await useVariant(variant);
    predictor = await Predictor.open(run);
    expected = await probabilitiesOf(texts);
  });
  afterAll(async () => {
    predictor?.dispose();
    await useCpu();
  });

  it('whichever texts come beside it', async () => {
    expect(new Set(expected).size).toBe(40);
    for (const [index, text] of texts.entries())
      expect(await probabilitiesOf([text])).toEqual([expected[index]]);
    expect(await probabilitiesOf(texts.toReversed())).toEqual(expected.toReversed());
    const many = Array.from({ length: 5 }, () => texts.slice(0, 33)).flat();
    expect(await probabilitiesOf(many)).toEqual(
      Array.from({ length: 5 }, () => expected.slice(0, 33)).flat(),
    );
  });

  it.each([
    ['a line feed', '\n'],
    ['a carriage return and a line feed', '\r\n'],
    ['spaces and empty lines', ' \n\n\t '],
  ])('with %s at its end', async (_, end) => {
    expect(await probabilitiesOf(texts.map((text) => text + end))).toEqual(expected);
  });
});
