import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTask } from '../../src/tasks/open-task.js';
import type { ChosenTargets } from '../../src/tasks/task.js';
import { useCpu } from '../runs/tiny-run.js';

beforeAll(useCpu);

const labels = ['a', 'b', 'c'];
const task = openTask('multiLabel', labels);
const targets = { values: Int32Array.of(0, 2, 1, 0, 1, 2), offsets: Int32Array.of(0, 2, 2, 3, 6) };
const examples = Int32Array.of(3, 0, 1, 2);
const logits = Array.from({ length: 12 }, (_, place) => Math.sin(place * 2.1) * 3);

/** PyTorch's binary_cross_entropy_with_logits with pos_weight and weight, mean over all, of smoothed labels. */
function expected({ weights, smoothing = 0, positiveWeights }: Partial<ChosenTargets>, x: readonly number[]) {
  let total = 0;
  examples.forEach((example, row) => {
    const has = targets.values.subarray(targets.offsets[example], targets.offsets[example + 1]);
    labels.forEach((_, label) => {
      const y = (has.includes(label) ? 1 : 0) * (1 - smoothing) + smoothing / 2;
      const p = 1 / (1 + Math.exp(-x[row * 3 + label]));
      const weight = positiveWeights?.[label] ?? 1;
      const loss = -(weight * y * Math.log(p) + (1 - y) * Math.log(1 - p));
      total += (weights?.[example] ?? 1) * loss;
    });
  });
  return total / 12;
}

const settings: [string, Partial<ChosenTargets>][] = [
  ['nothing', {}],
  ['smoothing', { smoothing: 0.2 }],
  ['weights of examples', { weights: Float32Array.of(0.5, 2, 0, 3) }],
  ['weights of labels', { positiveWeights: Float64Array.of(4, 0.25, 1) }],
  [
    'all of them',
    {
      ...{ smoothing: 0.1, weights: Float32Array.of(0.5, 2, 1, 3) },
      positiveWeights: Float64Array.of(4, 0.25, 1),
    },
  ],
];

describe.each(settings)('the loss of several labels with %s', (_name, chosen) => {
  it('is the weighed cross-entropy, and so are its gradients', () => {
    const lossOf = (x: tf.Tensor) => task.loss(x, { targets, examples, ...chosen });
    const x = tf.tensor2d(logits, [4, 3]);
    expect(lossOf(x).dataSync()[0]).toBeCloseTo(expected(chosen, logits), 6);
    const gradient = tf.grad(lossOf)(x).dataSync();
    logits.forEach((logit, place) => {
      const step = 1e-5;
      const [up, down] = [step, -step].map((by) => expected(chosen, logits.with(place, logit + by)));
      expect(gradient[place]).toBeCloseTo((up - down) / (2 * step), 6);
    });
  });

  it('is the same for learners in arrays, example by example', () => {
    const { weights, ...rest } = chosen;
    let total = 0;
    examples.forEach((example, row) => {
      const ofRow = Float64Array.from(logits.slice(row * 3, row * 3 + 3));
      const has = targets.values.subarray(targets.offsets[example], targets.offsets[example + 1]);
      total += (weights?.[example] ?? 1) * task.exampleLoss!.lossAndErrors(ofRow, has, rest);
    });
    expect(total / 4).toBeCloseTo(expected(chosen, logits), 12);
  });
});

describe('weights of labels where an example may have several', () => {
  it('balance what speaks for a label and what speaks against it', () => {
    const { positives, examples: own } = task.weighLabels!(targets, 'balanced', {});
    // Of four examples, a and c are had by two and b by two.
    expect([...positives!]).toEqual([1, 1, 1]);
    expect(own).toBeUndefined();
    const weighted = task.weighLabels!(targets, 'balanced', { own: Float32Array.of(1, 5, 1, 1) });
    expect([...weighted.positives!]).toEqual([3, 3, 3]);
  });

  it('are 1 for a label that no example has, or every one', () => {
    const one = { values: Int32Array.of(0, 0, 2), offsets: Int32Array.of(0, 1, 3) };
    expect([...task.weighLabels!(one, 'balanced', {}).positives!]).toEqual([1, 1, 1]);
  });
});
