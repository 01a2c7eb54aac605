import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { outputColumns, predictProbabilities } from '../../src/model/predict-probabilities.js';
import { tinyModel, tinyVocabulary, useCpu } from '../runs/tiny-run.js';

beforeAll(useCpu);
afterEach(() => vi.restoreAllMocks());

const texts = [
  'not good',
  '',
  'a great great great film',
  'bad',
  'the film the film the film not boring',
  'the the the unheard of',
  '?',
];
const encoded = encodeTexts(texts, tinyVocabulary);

/** Each example alone, without padding: the slow and plain way. */
function oneByOne(model: ReturnType<typeof tinyModel>): number[] {
  return texts.flatMap((_, example) => {
    const ids = [...encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1])];
    return tf.tidy(() => {
      const input = tf.tensor2d([ids.length > 0 ? ids : [0]], undefined, 'int32');
      return [...(model.predict(input) as tf.Tensor).dataSync()];
    });
  });
}

describe('predictProbabilities', () => {
  it.each([1, 2, 3, 100])(
    "gives each example's own answer in the original order, in batches of %i",
    async (batchSize) => {
      const model = tinyModel();
      expect([...(await predictProbabilities(model, encoded, { batchSize }))]).toEqual(oneByOne(model));
    },
  );

  it('gives one row of columns for each example when the model tells several labels apart', async () => {
    const model = tinyModel({ columns: 3 });
    expect(outputColumns(model)).toBe(3);
    const probabilities = await predictProbabilities(model, encoded, { batchSize: 2 });
    expect([...probabilities]).toEqual(oneByOne(model));
    const [first, second, third] = probabilities;
    expect(first + second + third).toBeCloseTo(1, 6);
  });

  it('tells after each batch how many examples are done', async () => {
    const done: number[] = [];
    await predictProbabilities(tinyModel(), encoded, {
      batchSize: 3,
      onProgress: (count) => done.push(count),
    });
    expect(done).toEqual([3, 6, 7]);
  });

  it('lets other work go on between batches when it takes long', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const turn = setImmediate(() => turns++);
    await predictProbabilities(tinyModel(), encoded, { batchSize: 1 });
    clearInterval(timer);
    clearImmediate(turn);
    expect(turns).toBeGreaterThan(0);
  });

  it('leaves no tensor behind, even where the model fails', async () => {
    const model = tinyModel();
    const before = tf.memory().numTensors;
    await predictProbabilities(model, encoded, { batchSize: 2 });
    expect(tf.memory().numTensors).toBe(before);
    vi.spyOn(model, 'apply').mockImplementation(() => {
      throw new Error('kernel failed');
    });
    await expect(predictProbabilities(model, encoded, { batchSize: 2 })).rejects.toThrow('kernel failed');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives nothing for nothing', async () => {
    const none = encodeTexts([], tinyVocabulary);
    expect(await predictProbabilities(tinyModel(), none, { batchSize: 2 })).toEqual(new Float32Array());
  });
});
