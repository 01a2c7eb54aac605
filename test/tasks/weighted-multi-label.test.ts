import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { targetsOf } from '../../src/batches/targets.js';
import { multiLabel } from '../../src/tasks/multi-label/multi-label.js';
import { type SeveralLabelsCase, severalLabels } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';
import { useCpu } from '../runs/tiny-run.js';

beforeAll(useCpu);

const task = multiLabel(['a', 'b', 'c', 'd']);

function chosenOf({ truth, smoothing, positiveWeights, sampleWeights }: SeveralLabelsCase) {
  const rows = Array.from({ length: truth.shape[0] }, (_, row) => row);
  const lists = rows.map((row) => [0, 1, 2, 3].filter((label) => truth.values[4 * row + label] === 1));
  return {
    ...{ targets: targetsOf(lists), examples: Int32Array.from(rows), smoothing },
    weights: (sampleWeights?.values ?? undefined) as Float32Array | undefined,
    positiveWeights: positiveWeights ? Float64Array.from(positiveWeights.values) : undefined,
  };
}

describe('several labels with weights and smoothing', () => {
  it.each(severalLabels.map((golden) => [golden.name, golden] as const))(
    "have TensorFlow's loss and gradient: %s",
    (_name, golden) => {
      const { value, grad } = tf.tidy(() =>
        tf.valueAndGrad((x) => task.loss(x, chosenOf(golden)))(tf.tensor(golden.logits.values, [12, 4])),
      );
      expectValues(value.dataSync(), golden.loss.values, 1e-6);
      expectValues(grad.dataSync(), golden.gradient.values, 1e-7);
    },
  );

  it.each(severalLabels.map((golden) => [golden.name, golden] as const))(
    'have the same in plain arrays, example by example: %s',
    (_name, golden) => {
      const { targets, weights, ...settings } = chosenOf(golden);
      const { values, offsets } = targets;
      let loss = 0;
      const gradient = Array.from({ length: 12 }, (_, row) => {
        const weight = weights ? weights[row] : 1;
        const logits = Float64Array.from(golden.logits.values.subarray(4 * row, 4 * row + 4));
        const ofRow = values.subarray(offsets![row], offsets![row + 1]);
        loss += (weight * task.exampleLoss!.lossAndErrors(logits, ofRow, settings)) / 12;
        // Steps are those of the sum over the labels.
        return [...logits].map((error) => (-weight * error) / 48);
      }).flat();
      expectValues([loss], golden.loss.values, 3e-7);
      expectValues(gradient, golden.gradient.values, 1e-7);
    },
  );

  it('weigh having a label as much as not having it where they are balanced', () => {
    const { targets } = chosenOf(severalLabels[0]);
    const { positives } = task.weighLabels!(targets, 'balanced', {});
    positives!.forEach((weight, label) => {
      const has = targets.values.filter((each) => each === label).length;
      expect(weight).toBeCloseTo((12 - has) / has, 12);
    });
  });
});
