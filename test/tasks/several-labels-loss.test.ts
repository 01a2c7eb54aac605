import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { targetsOf } from '../../src/batches/targets.js';
import { binaryCrossentropy } from '../../src/layers/crossentropy.js';
import { binaryTargets } from '../../src/tasks/binary-targets.js';
import { weighSeveralLabels } from '../../src/tasks/weigh-several-labels.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { severalLabels } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';

describe.each(backendVariants)('the loss of several labels on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(severalLabels.map((golden) => [golden.name, golden] as const))(
    "is TensorFlow's, with its gradient: %s",
    (_name, golden) => {
      const { smoothing, positiveWeights, sampleWeights, truth, logits } = golden;
      const { labels, weights } = binaryTargets(truth.values, {
        ...{ columns: 4, smoothing },
        positiveWeights: positiveWeights?.values,
        rowWeights: sampleWeights?.values,
      });
      expect(weights === undefined).toBe(!positiveWeights && !sampleWeights);
      tf.tidy(() => {
        const shape = logits.shape as [number, number];
        const options = { weights: weights && tf.tensor2d(weights, shape) };
        const { value, grad } = tf.valueAndGrad((x) =>
          binaryCrossentropy(tf.tensor2d(labels, shape), x, options),
        )(tf.tensor(logits.values, shape));
        expectValues(value.dataSync(), golden.loss.values, 1e-6);
        expectValues(grad.dataSync(), golden.gradient.values, 1e-7);
      });
    },
  );
});

describe('weights of several labels', () => {
  const targets = targetsOf([[0], [0, 2], [], [0], [0, 2, 2]]);

  it('are negatives / positives where they are balanced, and 1 for a label of all examples or none', () => {
    expect(weighSeveralLabels(targets, 'balanced', { labelCount: 4 })).toEqual({
      positives: Float64Array.of(1 / 4, 1, 3 / 2, 1),
    });
    const always = targetsOf([[0], [0]]);
    expect(weighSeveralLabels(always, 'balanced', { labelCount: 1 }).positives).toEqual(Float64Array.of(1));
  });

  it('count examples by their own weights', () => {
    const own = Float32Array.of(1, 3, 2, 0, 2);
    const { positives } = weighSeveralLabels(targets, 'balanced', { labelCount: 3, own });
    expect(positives).toEqual(Float64Array.of(2 / 6, 1, 3 / 5));
  });

  it('are those that are named', () => {
    const named = weighSeveralLabels(targets, [1, 2, 3], { labelCount: 3 });
    expect(named).toEqual({ positives: Float64Array.of(1, 2, 3) });
  });
});
