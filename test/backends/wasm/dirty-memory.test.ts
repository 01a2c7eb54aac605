import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { registerLayers } from '../../../src/layers/register.js';
import { Adam } from '../../../src/optimizers/adam.js';
import {
  cellNames,
  recurrentCase,
  recurrentGradients,
  recurrentResults,
  rightPadding,
} from '../../layers/recurrent-case.js';
import { backendVariants, hasOurKernels, useVariant } from '../backend-variants.js';
import { randomIntegers, randomNumbers } from '../random-numbers.js';
import { expectTheSame } from './dirty-memory.js';

registerLayers();

const plain = (values: ArrayLike<number>) => Array.from(values);

describe.each(backendVariants.filter(hasOurKernels))('memory that was used before, on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  for (const cell of cellNames) {
    for (const returnSequences of [true, false]) {
      // Units that are a multiple of four, on which the kernels work at a time, and others.
      it.each([4, 5, 7])(
        `never shows in a recurrent layer of %i units, ${cell}, returnSequences: ${returnSequences}`,
        (units) => {
          const mask = rightPadding([6, 0, 3, 5, 1, 6, 2], 6);
          for (const withInitialState of [true, false]) {
            for (const recurrentDropout of [0, 0.5]) {
              const sizes = { batch: 7, time: 6, features: 5, units };
              const options = { returnSequences, returnState: true, withInitialState, recurrentDropout };
              const one = recurrentCase({ ...sizes, ...options, cell, mask });
              expectTheSame(() => recurrentResults(one).map(plain));
              expectTheSame(() =>
                Object.entries(recurrentGradients(one)).map(([name, values]) => [name, plain(values)]),
              );
            }
          }
        },
      );
    }
  }

  it('never shows in matrix products', () => {
    for (const [rows, depth, columns] of [
      [7, 5, 9],
      [61, 61, 61],
    ]) {
      const a = tf.tensor2d(randomNumbers(rows * depth), [rows, depth]);
      const b = tf.tensor2d(randomNumbers(depth * columns), [depth, columns]);
      expectTheSame(() => tf.tidy(() => plain(tf.matMul(a, b).dataSync())));
      expectTheSame(() => tf.tidy(() => plain(tf.matMul(b, a, true, true).dataSync())));
      tf.dispose([a, b]);
    }
  });

  it('never shows in rows that are looked up or summed', () => {
    const x = tf.tensor2d(randomNumbers(35), [7, 5]);
    const ids = tf.tensor1d(randomIntegers(7, { to: 4 }), 'int32');
    expectTheSame(() => tf.tidy(() => plain(tf.gather(x, ids).dataSync())));
    expectTheSame(() => tf.tidy(() => plain(tf.unsortedSegmentSum(x, ids, 6).dataSync())));
    tf.dispose([x, ids]);
  });

  it("never shows in Adam's steps", () => {
    const gradient = tf.tensor1d(randomNumbers(13));
    expectTheSame(() => {
      const target = tf.variable(tf.zerosLike(gradient));
      const optimizer = new Adam();
      for (let step = 0; step < 3; step++) optimizer.applyGradients({ [target.name]: gradient });
      const values = plain(target.dataSync());
      optimizer.dispose();
      target.dispose();
      return values;
    });
    gradient.dispose();
  });
});
