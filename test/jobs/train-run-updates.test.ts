import { describe, expect, it } from 'vitest';
import { learningConfig } from '../training/tiny-data.js';
import {
  checkpointOf,
  expectSameTraining,
  prepareTrainings,
  resumed,
  trainAndInterrupt,
  trainUntil,
  weightsOf,
} from './trainings.js';

prepareTrainings();

const settings = [
  {
    what: 'a moving mean of weights, clipped gradients, two batches a step',
    training: {
      batchSize: 2,
      accumulate: 2,
      clip: { norm: 0.5 },
      average: { name: 'exponential', decay: 0.9 },
    },
    optimizer: { name: 'adamw', learningRate: 0.01 },
  },
  {
    what: 'a plain mean of weights and a penalty',
    training: { batchSize: 4, average: { name: 'stochastic', from: 0.5 }, l2: 0.001, maxNorm: 1 },
    optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
  },
  {
    what: 'the mean of weights at the ends of epochs',
    training: {
      batchSize: 4,
      average: { name: 'stochastic', from: 0.1, every: 'epoch' },
      clip: { value: 0.01 },
    },
    optimizer: { name: 'nadam', learningRate: 0.01 },
  },
].map(({ what, training, optimizer }, i) => ({
  what,
  name: `updates-${i}`,
  config: learningConfig({ epochs: 3, ...training, optimizer }),
}));

describe('a training with', () => {
  it.each(settings)('$what is the same from its checkpoint on', async ({ name, config }) => {
    const uninterrupted = await trainUntil({ config, name });
    const interrupted = await trainAndInterrupt({ config, name: `${name}-cut` }, { epoch: 2, step: 7 });
    await resumed(interrupted.run);
    await expectSameTraining(interrupted.run, uninterrupted.run);
    const killed = await trainUntil({ config, name: `${name}-killed` }, (event) => {
      return event.type === 'step' && event.epoch === 3 && event.step === 5;
    });
    await resumed(killed.run);
    await expectSameTraining(killed.run, uninterrupted.run);
  });

  it('averaged weights keeps both: those to go on from, and those to predict with', async () => {
    const { run } = await trainUntil({
      config: learningConfig({ epochs: 3, validationSplit: 0, average: { name: 'exponential' } }),
      name: 'both',
    });
    const { numbers } = await checkpointOf(run);
    const valuesOf = (name: RegExp) =>
      numbers.filter(([of]) => name.test(of as string)).map(([, values]) => values);
    const averages = valuesOf(/^average\/\d+$/);
    expect(await weightsOf(run)).toEqual(averages);
    expect(numbers.slice(0, averages.length).map(([, values]) => values)).not.toEqual(averages);
    // 100 examples in batches of 8.
    expect(valuesOf(/^average\/count$/)).toEqual([[39]]);
  });
});
