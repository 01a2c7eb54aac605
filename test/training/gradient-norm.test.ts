import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { padBatch } from '../../src/batches/pad-batch.js';
import { buildModel } from '../../src/model/build-model.js';
import { Sgd } from '../../src/optimizers/sgd.js';
import { makeAccumulatedStep, makeTrainStep } from '../../src/training/train-step.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { encodedExamples, idCount, learningConfig, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

/** Moves nothing, and adds up the squares of what it gets. */
class Watching extends Sgd {
  squares = 0;

  override applyGradients(gradients: tf.NamedTensorMap): void {
    this.squares = Object.values(gradients)
      .flatMap((gradient) => [...gradient.dataSync()])
      .reduce((sum, value) => sum + value * value, 0);
  }
}

const training = encodedExamples(tinyExamples(24).map((each) => ({ ...each, text: `${each.text} film` })));
const { targets } = training;
const examples = Int32Array.from({ length: 24 }, (_, i) => i);
const task = tinyTask();

/** Two directions hand their gradients to one embedding, whose words come several times in a batch. */
function bothWays() {
  const { model } = learningConfig();
  const layers = [{ ...(model as { layers: object[] }).layers[0], bidirectional: 'concat' }];
  return buildModel({ ...model, layers } as typeof model, { idCount, task, seed: 1 });
}

describe('the norm of a step', () => {
  it.each(backendVariants)(
    'is that of all gradients, those of embeddings as well, on $title',
    async (variant) => {
      await useVariant(variant);
      const model = bothWays();
      const optimizer = new Watching();
      const chosen = { targets, examples };
      const batch = padBatch(training, examples);
      const step = (norm: number) => makeTrainStep(model, { task, optimizer, update: { clip: { norm } } });
      const { gradientNorm } = step(1e6)(batch, chosen);
      expect(Math.abs(gradientNorm! / Math.sqrt(optimizer.squares) - 1)).toBeLessThan(1e-6);
      const again = step(gradientNorm! / 4)(batch, chosen);
      expect(again.gradientNorm).toBeCloseTo(gradientNorm!, 6);
      expect(Math.sqrt(optimizer.squares)).toBeCloseTo(gradientNorm! / 4, 6);
      const parts = [examples.subarray(0, 7), examples.subarray(7)];
      const accumulated = makeAccumulatedStep(model, { task, optimizer, update: { clip: { norm: 1e6 } } });
      const whole = await accumulated(parts, (part) => [
        padBatch(training, part),
        { targets, examples: part },
      ]);
      expect(whole.gradientNorm).toBeCloseTo(gradientNorm!, 6);
      optimizer.dispose();
      model.dispose();
      expect(tf.memory().numTensors).toBe(0);
    },
  );
});
