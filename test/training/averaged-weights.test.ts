import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { disposeSnapshot } from '../../src/training/checkpoint.js';
import { useVariant } from '../backends/backend-variants.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf } from '../runs/tiny-run.js';
import { encodedExamples, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';
import { type TinyTraining, tinyTraining } from './tiny-training.js';

const made: { dispose(): unknown }[] = [];
beforeEach(() => useVariant({ title: '', name: 'wasm', options: { threads: 2 } }));
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

const examples = encodedExamples(tinyExamples(61));
const others = encodedExamples(tinyExamples(20, { seed: 2 }));
const averages = {
  exponential: { name: 'exponential', decay: 0.9 },
  stochastic: { name: 'stochastic', from: 0.4 },
  'stochastic by epoch': { name: 'stochastic', from: 0.1, every: 'epoch' },
};

async function training(options: Parameters<typeof tinyTraining>[1]): Promise<TinyTraining> {
  const trained = await tinyTraining(examples, options);
  made.push(trained.learner);
  return trained;
}

type Steps = Extract<TinyTraining['events'][number], { type: 'step' }>[];
type Epochs = Extract<TinyTraining['events'][number], { type: 'epoch' }>[];
const lossesOf = ({ events }: TinyTraining) =>
  (events.filter(({ type }) => type === 'step') as Steps).map(({ loss }) => loss);

/** The weights of a plain training after each step. */
async function weightsOfSteps(settings: object): Promise<number[][]> {
  const weights: number[][] = [];
  await training({
    settings,
    onEvent: (event, { model }) => {
      if (event.type === 'step') weights.push(numbersOf(model).flat());
    },
  });
  return weights;
}

describe('averaged weights in a training', () => {
  it.each(Object.entries(averages))('leave the steps as they are: %s', async (_name, average) => {
    const plain = await training({ settings: { epochs: 3 } });
    const averaged = await training({ settings: { epochs: 3, average }, validation: others });
    expect(lossesOf(averaged)).toEqual(lossesOf(plain));
    expect(averaged.weights[2]).not.toEqual(plain.weights[2]);
    const snapshot = averaged.learner.snapshot();
    snapshot.weights.forEach(({ tensor }, i) => {
      expect([...tensor.dataSync()]).toEqual(plain.weights[2][i]);
    });
    disposeSnapshot(snapshot);
  });

  it('are the mean that the settings tell, at the end of each epoch', async () => {
    const settings = { epochs: 3, optimizer: { learningRate: 0.02 } };
    const steps = await weightsOfSteps(settings);
    const meanOf = (chosen: number[][]) =>
      chosen[0].map((_, i) => chosen.reduce((sum, each) => sum + each[i], 0) / chosen.length);
    const { weights } = await training({ settings: { ...settings, average: averages.stochastic } });
    // 24 steps, 8 an epoch: from the 10th on.
    expectValues(weights[0].flat(), steps[7], 0);
    expectValues(weights[1].flat(), meanOf(steps.slice(9, 16)), 2e-6);
    expectValues(weights[2].flat(), meanOf(steps.slice(9, 24)), 2e-6);
    const byEpoch = await training({ settings: { ...settings, average: averages['stochastic by epoch'] } });
    expectValues(byEpoch.weights[2].flat(), meanOf([steps[7], steps[15], steps[23]]), 2e-6);
  });

  it('are what is validated and predicted with', async () => {
    const settings = { epochs: 2, average: averages.exponential };
    const trained = await training({ settings, validation: others });
    const outputs = await predictProbabilities(trained.model, others, { batchSize: 3 });
    const { validation } = (trained.events.filter(({ type }) => type === 'epoch') as Epochs)[1];
    expect(validation).toEqual(tinyTask().validate({ outputs, targets: others.targets }));
    const plain = await training({ settings: { epochs: 2 }, validation: others });
    const ofPlain = await predictProbabilities(plain.model, others, { batchSize: 3 });
    expect(outputs).not.toEqual(ofPlain);
  });

  it.each(
    Object.entries(averages).flatMap(([name, average]) =>
      [1, 2].map((accumulate) => [name, accumulate, average] as const),
    ),
  )('go on bit for bit where they stopped: %s, %i batches a step', async (_name, accumulate, average) => {
    const settings = { epochs: 3, batchSize: 4, accumulate, average };
    const whole = await training({ settings, validation: others });
    for (const [epoch, step] of [
      [1, 3],
      [2, 5],
      [2, 8],
    ]) {
      const controller = new AbortController();
      const stopped = await training({
        settings,
        validation: others,
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type === 'step' && event.epoch === epoch && event.step === step) controller.abort();
        },
      });
      const shown = numbersOf(stopped.model);
      const snapshot = stopped.learner.snapshot();
      expect(numbersOf(stopped.model)).toEqual(shown);
      const from = { snapshot, state: stopped.state! };
      const resumed = await training({ settings, validation: others, from });
      disposeSnapshot(snapshot);
      expect(resumed.weights.at(-1)).toEqual(whole.weights.at(-1));
      expect([...lossesOf(stopped), ...lossesOf(resumed)]).toEqual(lossesOf(whole));
    }
  });

  it('keep the averages of an epoch in its snapshot, as whoever keeps the best epoch wants them', async () => {
    const snapshots: ReturnType<TinyTraining['learner']['snapshot']>[] = [];
    const trained = await training({
      settings: { epochs: 3, average: averages.exponential },
      onEvent: (event, learner) => {
        if (event.type === 'epoch') snapshots.push(learner.snapshot());
      },
    });
    await trained.learner.restore(snapshots[0]);
    trained.learner.fillModel();
    expect(numbersOf(trained.model)).toEqual(trained.weights[0]);
    for (const snapshot of snapshots) disposeSnapshot(snapshot);
  });
});
