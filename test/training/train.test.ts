import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { encodedExamples, senselessExamples, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';
import { epochsOf, stepsOf, type Trained, training } from './trained.js';

beforeEach(() => useVariant({ title: '', name: 'wasm', options: { threads: 2 } }));

const examples = encodedExamples(tinyExamples(61));
const others = encodedExamples(tinyExamples(20, { seed: 2 }));

describe('train', () => {
  it.each(backendVariants)('learns what is to be learnt on $title', async (variant) => {
    await useVariant(variant);
    const trained = await training(examples, { validation: others });
    const epochs = epochsOf(trained);
    expect(epochs).toHaveLength(5);
    expect(epochs[0].training.loss).toBeGreaterThan(0.5);
    expect(epochs[4].training.loss).toBeLessThan(0.1);
    expect(epochs[4].training.accuracy).toBe(1);
    expect(epochs[4].validation?.accuracy).toBeGreaterThanOrEqual(0.9);
  });

  it('learns three labels', async () => {
    const three = (seed: number) => encodedExamples(tinyExamples(90, { labelCount: 3, seed }));
    const trained = await training(three(1), {
      validation: three(2),
      labelCount: 3,
      settings: { epochs: 8 },
    });
    const epochs = epochsOf(trained);
    expect(epochs[0].training.loss).toBeGreaterThan(0.9);
    expect(epochs[7].validation?.accuracy).toBeGreaterThan(0.95);
    expect(epochs[7].validation?.loss).toBeLessThan(0.4);
  });

  it('tells each step and epoch, with means over the examples so far', async () => {
    const trained = await training(examples, { settings: { epochs: 2 }, validation: others });
    expect(trained.events.map(({ type, epoch }) => `${type} ${epoch}`)).toEqual(
      [1, 2].flatMap((epoch) =>
        [...new Array(8).fill('step'), 'validation', 'epoch'].map((type) => `${type} ${epoch}`),
      ),
    );
    for (const epoch of [1, 2]) {
      const steps = stepsOf(trained).filter((event) => event.epoch === epoch);
      let [examplesBefore, losses] = [0, 0];
      steps.forEach((event, i) => {
        const size = event.examples - examplesBefore;
        expect([event.step, event.steps]).toEqual([i + 1, 8]);
        expect([5, 8]).toContain(size);
        losses += event.loss * size;
        expect(event.means.loss).toBeCloseTo(losses / event.examples, 9);
        examplesBefore = event.examples;
      });
      expect(examplesBefore).toBe(61);
      const last = steps.at(-1)!;
      const whole = epochsOf(trained)[epoch - 1];
      expect(whole.training).toEqual(last.means);
      expect(Number.isInteger(Math.round(whole.training.accuracy * 61 * 1e6) / 1e6)).toBe(true);
    }
  });

  it('validates with the weights that the epoch ended with', async () => {
    const trained = await training(examples, { settings: { epochs: 1 }, validation: others });
    const probabilities = await predictProbabilities(trained.model, others, { batchSize: 3 });
    expect(epochsOf(trained)[0].validation).toEqual(
      tinyTask().validate({ outputs: probabilities, targets: others.targets }),
    );
  });

  it('gives the same losses and weights, bit for bit, for the same seed, and others for another', async () => {
    const [one, again, other] = [
      await training(examples),
      await training(examples),
      await training(examples, { seed: 2 }),
    ];
    const losses = (trained: Trained) => stepsOf(trained).map(({ loss }) => loss);
    expect(losses(again)).toEqual(losses(one));
    expect(again.weights).toEqual(one.weights);
    expect(losses(other)).not.toEqual(losses(one));
  });

  it('shuffles anew in each epoch', async () => {
    // A learning rate that changes nothing: the losses then tell the batches apart.
    const settings = { epochs: 2, optimizer: { learningRate: 1e-30 } };
    const steps = stepsOf(await training(examples, { settings }));
    const ofEpoch = (epoch: number) => steps.filter((step) => step.epoch === epoch).map(({ loss }) => loss);
    expect(ofEpoch(2)).not.toEqual(ofEpoch(1));
    expect([...ofEpoch(2)].sort()).not.toEqual([...ofEpoch(1)].sort());
  });

  it('calls the epoch of the lowest validation loss the best, and no later one that is worse', async () => {
    const settings = { epochs: 12, optimizer: { learningRate: 0.05 } };
    const data = encodedExamples(senselessExamples(48));
    const trained = await training(data, {
      settings,
      validation: encodedExamples(senselessExamples(80)),
      seed: 4,
    });
    const epochs = epochsOf(trained);
    let lowest = Number.POSITIVE_INFINITY;
    for (const { epoch, validation, best, state } of epochs) {
      expect(best).toBe(validation!.loss < lowest);
      if (best) lowest = validation!.loss;
      expect(state.best!.validation!.loss).toBe(lowest);
      expect(state).toMatchObject({ epoch: epoch + 1, step: 0 });
      expect(state.sums).toEqual({ loss: 0, counts: {}, examples: 0 });
    }
    expect(epochs.at(-1)!.best).toBe(false);
  });

  it('calls the last epoch the best where nothing is held out', async () => {
    const none = encodedExamples([]);
    for (const validation of [undefined, none]) {
      const epochs = epochsOf(await training(examples, { settings: { epochs: 3 }, validation }));
      expect(epochs.map(({ best, validation }) => [best, validation])).toEqual([
        [true, undefined],
        [true, undefined],
        [true, undefined],
      ]);
      expect(epochs[2].state.best).toEqual({ epoch: 3 });
    }
  });

  it('ends after the step at which it is told to', async () => {
    const controller = new AbortController();
    const trained = await training(examples, { signal: controller.signal }, (event) => {
      if (event.type === 'step' && event.epoch === 2 && event.step === 3) controller.abort();
    });
    expect(trained.events.at(-1)).toMatchObject({
      type: 'step',
      epoch: 2,
      step: 3,
      state: { epoch: 2, step: 3 },
    });
    expect(epochsOf(trained)).toHaveLength(1);
  });

  it('hears of an abort that comes by a timer, though it computes all the time', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const trained = await training(examples, { signal: controller.signal, settings: { epochs: 100_000 } });
    expect(trained.events.at(-1)!.type).toMatch(/step|epoch/);
  });

  it('says what to do when the loss is not a number any more', async () => {
    const settings = { optimizer: { learningRate: 1e300 } };
    const failed = training(examples, { settings });
    await expect(failed).rejects.toThrow(UserError);
    await expect(failed).rejects.toMatchObject({
      message: expect.stringMatching(
        /^The loss is (NaN|Infinity) in step \d of epoch 1: the weights of the layer \w+ have run away$/,
      ),
      hint: expect.stringContaining('--set training.optimizer.learningRate='),
    });
  });

  it('leaves no tensor behind', async () => {
    const { model } = await training(examples, { settings: { epochs: 1 }, validation: others });
    // Weights, two moments of each, and nothing else.
    expect(tf.memory().numTensors).toBe(3 * model.weights.length);
  });
});
