import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChosenTargets } from '../../src/tasks/task.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { type WeightedLossCase, weightedLosses } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';
import { tinyTask } from '../training/tiny-task.js';

/** The case's targets with class weights folded into those of the examples. */
function chosenOf({ labels, labelCount, sampleWeights, classWeights, smoothing }: WeightedLossCase) {
  const targets = { values: labels.values as Int32Array };
  const examples = Int32Array.from(targets.values, (_, row) => row);
  const own = (sampleWeights?.values ?? undefined) as Float32Array | undefined;
  const weights = classWeights
    ? tinyTask(labelCount).weighLabels!(targets, classWeights, { own }).examples
    : own;
  return { targets, examples, weights, smoothing };
}

const plain = weightedLosses[0];
const everything = weightedLosses.filter(
  ({ sampleWeights, smoothing }) => sampleWeights !== null && smoothing > 0,
);

describe.each(backendVariants)('a weighted loss on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(weightedLosses.map((golden) => [golden.name, golden] as const))(
    "is Keras', with its gradients: %s",
    (_name, golden) => {
      const { inputs, kernel, bias, labelCount } = golden;
      const { value, grads } = tf.tidy(() => {
        const x = tf.tensor(inputs.values, inputs.shape);
        const loss = (w: tf.Tensor, b: tf.Tensor) =>
          tinyTask(labelCount).loss(
            tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b),
            chosenOf(golden),
          );
        return tf.valueAndGrads(loss)([tf.tensor(kernel.values, kernel.shape), tf.tensor(bias.values)]);
      });
      expectValues(value.dataSync(), golden.loss.values, 5e-7);
      expectValues(grads[0].dataSync(), golden.kernelGradient.values, 1e-6);
      expectValues(grads[1].dataSync(), golden.biasGradient.values, 5e-7);
      tf.dispose([value, ...grads]);
    },
  );

  it.each(everything.map((golden) => [golden.name, golden] as const))(
    'has the gradient that its differences show: %s',
    (_name, golden) => {
      const columns = golden.bias.values.length;
      const rows = golden.labels.values.length;
      const logits = Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(3 * i) * 2);
      const lossAt = (values: Float32Array) =>
        tf.tidy(
          () =>
            tinyTask(golden.labelCount)
              .loss(tf.tensor(values, [rows, columns]), chosenOf(golden))
              .dataSync()[0],
        );
      const gradient = tf.tidy(() =>
        tf
          .grad((x) => tinyTask(golden.labelCount).loss(x, chosenOf(golden)))(
            tf.tensor(logits, [rows, columns]),
          )
          .dataSync<'float32'>(),
      );
      const step = 0.05;
      const differences = logits.map((_, place) => {
        const moved = (by: number) => lossAt(logits.map((value, i) => (i === place ? value + by : value)));
        return (moved(step) - moved(-step)) / (2 * step);
      });
      // Third derivatives times step^2 / 6, and float32's last digits over the step.
      expectValues(gradient, differences, 1e-4);
    },
  );

  it('gives the same bits as no weight where every weight is 1', () => {
    const { labels } = plain;
    const logits = Float32Array.from(labels.values, (_, i) => 5 * Math.sin(7 * i));
    const run = (chosen: ChosenTargets) =>
      tf.tidy(() => {
        const { value, grad } = tf.valueAndGrad((x) => tinyTask().loss(x, chosen))(
          tf.tensor2d(logits, [12, 1]),
        );
        return [...value.dataSync(), ...grad.dataSync()];
      });
    const chosen = { ...chosenOf(plain), smoothing: 0 };
    expect(run({ ...chosen, weights: new Float32Array(12).fill(1) })).toEqual(run(chosen));
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    for (const golden of everything) {
      const columns = golden.bias.values.length;
      tf.tidy(() =>
        tinyTask(golden.labelCount)
          .loss(tf.zeros([12, columns]), chosenOf(golden))
          .dataSync(),
      );
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the loss of an example in plain arrays', () => {
  it.each(weightedLosses.map((golden) => [golden.name, golden] as const))(
    "is Keras', with its errors: %s",
    (_name, golden) => {
      const { labelCount, inputs, kernel, bias, smoothing } = golden;
      const columns = bias.values.length;
      const [rows, features] = inputs.shape;
      const { targets, weights } = chosenOf(golden);
      const gradient = new Float64Array(kernel.values.length);
      let loss = 0;
      for (let row = 0; row < rows; row++) {
        const x = (inputs.values as Float32Array).subarray(row * features, (row + 1) * features);
        const errors = Float64Array.from(bias.values, (start, column) =>
          x.reduce((sum, value, i) => sum + value * kernel.values[i * columns + column], start),
        );
        const weight = weights ? weights[row] : 1;
        const label = Int32Array.of(targets.values[row]);
        loss +=
          (weight * tinyTask(labelCount).exampleLoss.lossAndErrors(errors, label, { smoothing })) / rows;
        gradient.forEach((_, place) => {
          gradient[place] -= (weight * errors[place % columns] * x[Math.floor(place / columns)]) / rows;
        });
      }
      expectValues([loss], golden.loss.values, 3e-7);
      expectValues(gradient, golden.kernelGradient.values, 3e-7);
    },
  );
});
