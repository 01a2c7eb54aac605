import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disposeSnapshot } from '../../src/training/checkpoint.js';
import type { Learner, Snapshot } from '../../src/training/learner.js';
import type { TrainEvent } from '../../src/training/train.js';
import type { TrainingState } from '../../src/training/training-state.js';
import { useVariant } from '../backends/backend-variants.js';
import { encodedExamples, senselessExamples, tinyExamples } from './tiny-data.js';
import { epochsOf, stepsOf, training, validationsOf } from './trained.js';

beforeEach(() => useVariant({ title: '', name: 'wasm', options: { threads: 2 } }));

/** Moments of trainings, to go on from. */
const moments: { state: TrainingState; snapshot: Snapshot }[] = [];
const keepMoment = (event: TrainEvent, learner: Learner) => {
  if (event.type !== 'validation') moments.push({ state: event.state, snapshot: learner.snapshot() });
};
afterEach(() => {
  for (const { snapshot } of moments.splice(0)) disposeSnapshot(snapshot);
});

/** Eight steps an epoch. */
const examples = encodedExamples(tinyExamples(61));
const others = encodedExamples(tinyExamples(20, { seed: 2 }));
const senseless = encodedExamples(senselessExamples(48));
const senselessOthers = encodedExamples(senselessExamples(80));

describe('limits of a training', () => {
  it('ends within an epoch after so many steps, validated, and says why', async () => {
    const trained = await training(examples, { steps: 11, validation: others });
    expect(stepsOf(trained).map(({ epoch, step }) => [epoch, step])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((step) => [1, step]),
      ...[1, 2, 3].map((step) => [2, step]),
    ]);
    const [first, last] = epochsOf(trained);
    expect(first.ended).toBeUndefined();
    expect(last).toMatchObject({ epoch: 2, ended: 'steps', validation: { loss: expect.any(Number) } });
    expect(last.state.best).toEqual(
      last.best ? { epoch: 2, step: 3, validation: last.validation } : first.state.best,
    );
    expect(last.training).toEqual(stepsOf(trained).at(-1)!.means);
  });

  it('takes the same steps, bit for bit, as a training that goes on', async () => {
    const losses = async (steps?: number) =>
      stepsOf(await training(examples, { steps })).map(({ loss }) => loss);
    expect(await losses(11)).toEqual((await losses()).slice(0, 11));
  });

  it('does not end before its epochs where the limit is higher, and says nothing of a limit that it meets', async () => {
    for (const steps of [16, 17, 1_000]) {
      const trained = await training(examples, { steps, settings: { epochs: 2 } });
      expect(stepsOf(trained)).toHaveLength(16);
      expect(epochsOf(trained).map(({ ended }) => ended)).toEqual([undefined, undefined]);
    }
  });

  it('ends after the step in which its minutes are over', async () => {
    const trained = await training(examples, { minutes: 1e-9, validation: others });
    expect(stepsOf(trained)).toHaveLength(1);
    expect(epochsOf(trained)).toMatchObject([{ epoch: 1, ended: 'minutes', best: true }]);
  });

  it('ends early where the validation does not get better, and keeps the best', async () => {
    const options = { validation: senselessOthers, seed: 4, earlyStopping: { patience: 2, minDelta: 0 } };
    const trained = await training(senseless, {
      ...options,
      settings: { epochs: 50, optimizer: { learningRate: 0.05 } },
    });
    const epochs = epochsOf(trained);
    expect(epochs.length).toBeLessThan(50);
    expect(epochs.at(-1)).toMatchObject({ ended: 'earlyStopping' });
    expect(epochs.slice(-3).map(({ best }) => best)).toEqual([true, false, false]);
    expect(epochs.at(-1)!.state.best!.epoch).toBe(epochs.length - 2);
  });

  it('takes no step more when it is resumed after its end', async () => {
    const limits = { steps: 11, validation: others };
    const whole = await training(examples, limits, keepMoment);
    expect(epochsOf(whole)).toHaveLength(2);
    expect((await training(examples, { ...limits, from: moments.at(-1)! })).events).toEqual([]);
  });

  it('has the learning rate of its schedule at every step, over the steps that there are', async () => {
    const settings = { schedule: { name: 'linear', final: 0 }, optimizer: { learningRate: 0.5 } };
    const rates = (steps?: number) =>
      training(examples, { steps, settings: { ...settings, epochs: 2 } }).then((trained) =>
        stepsOf(trained).map(({ learningRate }) => learningRate),
      );
    expect(await rates()).toEqual(Array.from({ length: 16 }, (_, step) => 0.5 * (1 - step / 16)));
    expect(await rates(10)).toEqual(Array.from({ length: 10 }, (_, step) => 0.5 * (1 - step / 10)));
  });

  it('lowers the rate where the validation stays, by the figure that decides', async () => {
    const settings = {
      epochs: 12,
      optimizer: { learningRate: 0.05 },
      schedule: { name: 'reduceOnPlateau', factor: 0.1, patience: 1 },
    };
    const trained = await training(senseless, { validation: senselessOthers, seed: 4, settings });
    const rateOf = (epoch: number) => stepsOf(trained).find((step) => step.epoch === epoch)!.learningRate!;
    const epochs = epochsOf(trained);
    let worse = 0;
    for (const { epoch, best } of epochs.slice(0, -1)) {
      if (!best) worse++;
      expect(rateOf(epoch + 1)).toBeCloseTo(0.05 * 0.1 ** worse, 12);
    }
    expect(worse).toBeGreaterThan(0);
  });
});

describe('validation within epochs', () => {
  it('comes every so many steps and at the end of each epoch, once each', async () => {
    const trained = await training(examples, {
      validateEvery: 4,
      validation: others,
      settings: { epochs: 2 },
    });
    expect(trained.events.filter(({ type }) => type !== 'step').map(({ type }) => type)).toEqual(
      [1, 2].flatMap(() => ['validation', 'validated', 'validation', 'epoch']),
    );
    expect(validationsOf(trained).map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 4],
      [2, 4],
    ]);
    expect(epochsOf(trained).at(-1)!.state.history).toHaveLength(4);
  });

  it('changes no weight', async () => {
    const plain = await training(examples, { validation: others });
    const often = await training(examples, { validation: others, validateEvery: 3 });
    expect(often.weights).toEqual(plain.weights);
  });

  it('counts steps through the epochs', async () => {
    const trained = await training(examples, {
      validateEvery: 5,
      validation: others,
      settings: { epochs: 3 },
    });
    expect(validationsOf(trained).map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 5],
      [2, 2],
      [2, 7],
      [3, 4],
    ]);
  });

  it('keeps the best moment, wherever it was', async () => {
    const settings = { epochs: 6, optimizer: { learningRate: 0.05 } };
    const trained = await training(senseless, {
      settings,
      validation: senselessOthers,
      seed: 4,
      validateEvery: 2,
    });
    let lowest = Number.POSITIVE_INFINITY;
    for (const event of trained.events) {
      if (event.type !== 'validated' && event.type !== 'epoch') continue;
      expect(event.best).toBe(event.validation!.loss < lowest);
      if (event.best) {
        lowest = event.validation!.loss;
        const step = event.type === 'validated' ? { step: event.step } : {};
        expect(event.state.best).toEqual({ epoch: event.epoch, ...step, validation: event.validation });
      }
    }
    expect(Math.min(...epochsOf(trained).at(-1)!.state.history)).toBe(lowest);
  });

  it('goes on from any moment with the same validations and weights', async () => {
    const options = { validation: senselessOthers, validateEvery: 2, settings: { epochs: 3 } };
    const whole = await training(senseless, options, keepMoment);
    const told = (events: typeof whole.events) =>
      events.flatMap((event) =>
        event.type === 'validated' || event.type === 'epoch'
          ? [[event.type, event.epoch, event.validation, event.best]]
          : [],
      );
    for (const from of moments.filter((_, place) => place % 3 === 1)) {
      const rest = await training(senseless, { ...options, from });
      const all = told(whole.events);
      const resumed = told(rest.events);
      expect(resumed).toEqual(all.slice(all.length - resumed.length));
      expect(rest.weights.at(-1) ?? whole.weights.at(-1)).toEqual(whole.weights.at(-1));
    }
  });

  it('chooses by another figure where it is told to, which is then reported', async () => {
    const settings = { epochs: 12, optimizer: { learningRate: 0.05 } };
    const options = { settings, validation: others, seed: 4, monitored: 'rocAuc' };
    const epochs = epochsOf(await training(senseless, options));
    let highest = Number.NEGATIVE_INFINITY;
    for (const { validation, best } of epochs) {
      expect(best).toBe(validation!.rocAuc > highest);
      highest = Math.max(highest, validation!.rocAuc);
    }
    expect(epochs.some(({ best }) => !best)).toBe(true);
  });
});

describe('batches of so many tokens', () => {
  it('hold every example once an epoch, and no more positions than they may', async () => {
    const trained = await training(examples, { settings: { batchTokens: 30, epochs: 3 } });
    for (const { epoch, state } of epochsOf(trained)) {
      const steps = stepsOf(trained).filter((step) => step.epoch === epoch);
      expect(steps.at(-1)!.examples).toBe(61);
      expect(steps).toHaveLength(steps[0].steps);
      expect(state.steps).toBe(stepsOf(trained).filter((step) => step.epoch <= epoch).length);
    }
  });
});
