import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropWords } from '../../src/layers/drop-words.js';
import { Embedding } from '../../src/layers/embedding.js';
import { registerLayers } from '../../src/layers/register.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomIntegers } from '../backends/random-numbers.js';

registerLayers();

const [batch, time] = [40, 60];
/** Words 1 to 24, most of them several times in a row; the last ten places are padding. */
const ids = randomIntegers(batch * time, { to: 24 }).map((id, i) => (i % time < 50 ? id + 1 : 0));

const dropped = (rate: number, seed = 1): Int32Array =>
  tf.tidy(() =>
    dropWords(tf.tensor2d(ids, [batch, time], 'int32'), {
      rate,
      random: new Random(seed),
    }).dataSync<'int32'>(),
  );

describe.each(backendVariants)('words are dropped on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('wherever they stand in a row, or nowhere, each row for itself', () => {
    const after = dropped(0.4);
    const fates = new Map<string, Set<boolean>>();
    ids.forEach((id, i) => {
      expect(id === 0 ? [0] : [0, id]).toContain(after[i]);
      if (id === 0) return;
      const key = `${Math.floor(i / time)} ${id}`;
      fates.set(key, (fates.get(key) ?? new Set()).add(after[i] === 0));
    });
    expect([...fates.values()].every(({ size }) => size === 1)).toBe(true);
    // The same word goes in some rows and stays in others.
    const ofWord = (word: number) =>
      new Set([...fates].filter(([key]) => key.endsWith(` ${word}`)).flatMap(([, fate]) => [...fate]));
    expect(ofWord(3)).toEqual(new Set([true, false]));
  });

  it('in about the share of different words that is asked for', () => {
    for (const rate of [0, 0.1, 0.5, 0.9]) {
      const after = dropped(rate, 2);
      const words = new Set(ids.map((id, i) => (id ? Math.floor(i / time) * 100 + id : 0)));
      words.delete(0);
      const gone = new Set(ids.map((id, i) => (id && !after[i] ? Math.floor(i / time) * 100 + id : 0)));
      gone.delete(0);
      // Five standard deviations.
      const spread = 5 * Math.sqrt(words.size * rate * (1 - rate));
      expect(Math.abs(gone.size - words.size * rate)).toBeLessThanOrEqual(spread);
    }
  });

  it('again the same for the same seed', () => {
    expect(dropped(0.3)).toEqual(dropped(0.3));
    expect(dropped(0.3)).not.toEqual(dropped(0.3, 2));
  });

  const table = [
    [0.25, -1],
    [2, 3],
    [4, 5],
    [6, 7],
  ];
  const rows = [[3, 1, 3, 2, 0]];
  /** A seed with which word 3 is dropped and the words 1 and 2 are not. */
  const seed = [...new Array(100).keys()].find((candidate) => {
    const random = new Random(candidate);
    return random.next() < 0.4 && random.next() >= 0.4 && random.next() >= 0.4;
  })!;

  function embedding(args = {}): Embedding {
    const layer = new Embedding({ inputDim: 4, outputDim: 2, maskZero: true, wordDropout: 0.4, ...args });
    layer.build([null, null]);
    tf.tidy(() => layer.setWeights([tf.tensor2d(table)]));
    return layer;
  }

  it('so that an Embedding reads the vector of id 0 for them, which then learns, and only in training', () => {
    tf.tidy(() => {
      const layer = embedding();
      const input = tf.tensor2d(rows, undefined, 'int32');
      const call = (kwargs: object) => layer.call(input, kwargs) as tf.Tensor;
      expect(call({}).arraySync()).toEqual([rows[0].map((id) => table[id])]);
      const kwargs = () => ({ training: true, random: new Random(seed) });
      expect(call(kwargs()).arraySync()).toEqual([[0, 1, 0, 2, 0].map((id) => table[id])]);
      // A word that is not told is a word: its step counts.
      expect((layer.computeMask(input) as tf.Tensor).arraySync()).toEqual([[1, 1, 1, 1, 0]]);
      const cotangent = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8, 0, 0], [1, 5, 2]);
      const [weight] = layer.trainableWeights.map((variable) => variable.read() as tf.Variable);
      const loss = () => tf.sum<tf.Scalar>(tf.mul(call(kwargs()), cotangent));
      expect(tf.variableGrads(loss, [weight]).grads[weight.name].arraySync()).toEqual([
        [1 + 5, 2 + 6],
        [3, 4],
        [7, 8],
        [0, 0],
      ]);
    });
  });

  it('by a rate that a saved layer keeps, and a layer without one does not name', () => {
    const again = new Embedding(embedding().getConfig() as never);
    expect(again.getConfig()).toMatchObject({ wordDropout: 0.4 });
    expect(embedding({ wordDropout: 0 }).getConfig()).not.toHaveProperty('wordDropout');
  });
});
