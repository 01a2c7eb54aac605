import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import {
  checkpointOf,
  config,
  endOf,
  expectSameTraining,
  metricsOf,
  prepareTrainings,
  resumed,
  trainAndInterrupt,
  trainUntil,
  weightsOf,
  whole,
} from './trainings.js';

prepareTrainings();

describe('a training that goes on', () => {
  it.each([
    { epoch: 1, step: 3 },
    { epoch: 2, step: 7 },
    { epoch: 2, step: 20 },
    { epoch: 2, step: 23 },
    { epoch: 3, step: 23 },
  ])('goes on after an interruption at $epoch, $step as if it had never been', async (at) => {
    const name = `interrupted-${at.epoch}-${at.step}`;
    const { run, events } = await trainAndInterrupt({ name }, at);
    expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'interrupted' });
    const rest = await resumed(run);
    expect(rest.events[0]).toMatchObject({ type: 'prepared', resumed: at });
    expect(rest.events.filter((event) => event.type === 'step')).toHaveLength(
      69 - (at.epoch - 1) * 23 - at.step,
    );
    expect(rest.events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
    await expectSameTraining(run, whole.run);
  });

  it.each([
    {
      what: 'dropout everywhere, two directions, normalization, a residual connection and attention',
      model: {
        embedding: { units: 6, dropout: 0.2 },
        layers: [
          {
            cell: 'lstm',
            units: 3,
            bidirectional: 'concat',
            recurrentDropout: 0.3,
            layerNormalization: true,
          },
          { cell: 'gru', units: 6, dropout: 0.2, recurrentDropout: 0.1, residual: true },
        ],
        pooling: 'attention',
        dropout: 0.3,
      },
    },
    {
      what: 'simple cells, summed directions and three poolings side by side',
      model: {
        embedding: { units: 5 },
        layers: [{ cell: 'simpleRnn', units: 4, bidirectional: 'sum', dropout: 0.3 }],
        pooling: 'lastMaxMean',
      },
    },
    {
      what: 'a convolution',
      model: {
        type: 'conv1d',
        embedding: { units: 4, dropout: 0.2 },
        filters: 5,
        kernelSize: 2,
        dropout: 0.2,
      },
    },
  ])('repeats, resumed or not, bit for bit, with $what', async ({ what, model }) => {
    const settings = fillConfig({ ...config(), model }, 'test');
    const name = what.replaceAll(/[^a-z]/g, '');
    const uninterrupted = await trainUntil({ config: settings, name });
    const { run } = await trainAndInterrupt({ config: settings, name: `${name}-cut` }, { epoch: 2, step: 7 });
    await resumed(run);
    await expectSameTraining(run, uninterrupted.run);
    // The kept model answers, so its saved layers could be loaded: as many weights as were trained.
    expect((await weightsOf(run)).flat().every(Number.isFinite)).toBe(true);
  });

  it('tells the same metrics of a training that was interrupted, but for a line that the interruption cut in two', async () => {
    const { run } = await trainAndInterrupt({ name: 'cut' }, { epoch: 2, step: 7 });
    await resumed(run);
    const steps = await metricsOf(run, 'step');
    expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 20],
      [1, 23],
      [2, 7],
      [2, 20],
      [2, 23],
      [3, 20],
      [3, 23],
    ]);
    const [first, second] = [steps[2].loss as number, steps[3].loss as number];
    const expected = await metricsOf(whole.run, 'step');
    expect((7 * first + 13 * second) / 20).toBeCloseTo(expected[2].loss as number, 12);
    const joined = { ...steps[3], loss: expected[2].loss };
    expect(steps.toSpliced(2, 2, joined)).toEqual(expected);
  });

  it.each([
    { epoch: 1, step: 5 },
    { epoch: 2, step: 21 },
  ])('goes on after a kill at $epoch, $step from the end of the epoch before', async (at) => {
    const { run } = await trainUntil({ name: `killed-${at.epoch}` }, (event) => {
      return event.type === 'step' && event.epoch === at.epoch && event.step === at.step;
    });
    const rest = await resumed(run);
    const from = at.epoch === 1 ? undefined : { epoch: at.epoch, step: 0 };
    expect(rest.events[0]).toMatchObject({ type: 'prepared', resumed: from });
    await expectSameTraining(run, whole.run);
    expect(await metricsOf(run)).toEqual(await metricsOf(whole.run));
  });

  it('has nothing left to do for a run that is complete', async () => {
    const { run } = await trainUntil({ name: 'complete' });
    const before = await metricsOf(run);
    const rest = await resumed(run);
    expect(rest.events.map(({ type }) => type)).toEqual(['prepared', 'finished']);
    expect(endOf(rest)).toEqual(endOf(whole));
    expect(await metricsOf(run)).toEqual(before);
    await expectSameTraining(run, whole.run);
  });

  it('keeps the weights of the best epoch when it is interrupted, and those of the moment before the first has ended', async () => {
    const early = await trainAndInterrupt({ name: 'early' }, { epoch: 1, step: 3 });
    expect(endOf(early)).toEqual({ type: 'finished', status: 'interrupted', best: undefined });
    const checkpoint = await checkpointOf(early.run);
    const weights = await weightsOf(early.run);
    expect(checkpoint.numbers.slice(0, weights.length).map(([, numbers]) => numbers)).toEqual(weights);

    const first = await trainUntil({
      name: 'first',
      config: { ...config(), training: { ...config().training, epochs: 1 } },
    });
    const late = await trainAndInterrupt({ name: 'late' }, { epoch: 2, step: 9 });
    expect(late.events.at(-1)).toMatchObject({ status: 'interrupted', best: { epoch: 1 } });
    expect(await weightsOf(late.run)).toEqual(await weightsOf(first.run));
  });
});
