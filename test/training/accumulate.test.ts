import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { disposeSnapshot } from '../../src/training/checkpoint.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf } from '../runs/tiny-run.js';
import { encodedExamples, tinyExamples } from './tiny-data.js';
import { type TinyTraining, tinyTraining } from './tiny-training.js';

const made: { dispose(): unknown }[] = [];
beforeEach(() => useVariant({ title: '', name: 'wasm', options: { threads: 2 } }));
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

/** Of two words at least: TF.js' own unstacking of a batch of one step has no gradient. */
const examples = encodedExamples(
  tinyExamples(61).map(({ text, target }) => ({ text: `${text} film`, target })),
);
const weighted: EncodedSplit = {
  ...examples,
  weights: Float32Array.from({ length: 61 }, (_, i) => [0.25, 3, 1][i % 3]),
};
const descent = { optimizer: { name: 'sgd', learningRate: 0.5 } };
const clipped = { ...descent, clip: { norm: 0.3 }, l2: { factor: 0.01, weights: 'all' } };

async function training(...[data, options]: Parameters<typeof tinyTraining>): Promise<TinyTraining> {
  const trained = await tinyTraining(data, options);
  made.push(trained.learner);
  return trained;
}

type Steps = Extract<TinyTraining['events'][number], { type: 'step' }>[];
const stepsOf = ({ events }: TinyTraining) => events.filter(({ type }) => type === 'step') as Steps;

describe('accumulated gradients', () => {
  it.each(
    backendVariants.flatMap((variant) =>
      [examples, weighted].map(
        (data) => [variant, data, data === weighted ? 'with weights' : 'alike'] as const,
      ),
    ),
  )('learn as batches so many times as large do, on $title, of examples $2', async (variant, data) => {
    await useVariant(variant);
    // 61 examples: of 12 in a step, one step has 1, and of 3 batches of 4 the last may be short.
    for (const more of [descent, clipped]) {
      const whole = await training(data, { settings: { ...more, epochs: 3, batchSize: 12 } });
      const parts = await training(data, { settings: { ...more, epochs: 3, batchSize: 4, accumulate: 3 } });
      const uneven = await training(data, { settings: { ...more, epochs: 3, batchSize: 6, accumulate: 2 } });
      for (const trained of [parts, uneven]) {
        expect(stepsOf(trained)).toHaveLength(18);
        expectValues(trained.weights.flat(2), whole.weights.flat(2), 2e-5);
        const [one, other] = [trained, whole].map((each) => stepsOf(each).map(({ loss }) => loss));
        expectValues(one, other, 2e-5);
        expect(stepsOf(trained).map(({ means }) => means.accuracy)).toEqual(
          stepsOf(whole).map(({ means }) => means.accuracy),
        );
      }
    }
  });

  it('count updates for steps: those of an epoch, and those that a schedule would go by', async () => {
    const places: object[] = [];
    const config = { ...descent, epochs: 2, batchSize: 4, accumulate: 4 };
    const trained = await tinyTraining(examples, {
      settings: config,
      onEvent: (event) => event.type === 'step' && places.push({ step: event.step, steps: event.steps }),
    });
    made.push(trained.learner);
    expect(places).toHaveLength(8);
    expect(places[3]).toEqual({ step: 4, steps: 4 });
    expect(stepsOf(trained).at(-1)!.examples).toBe(61);
  });

  it('are one step to whoever stops a training in the midst of them, and go on bit for bit', async () => {
    const settings = {
      epochs: 3,
      batchSize: 3,
      accumulate: 5,
      clip: { norm: 1 },
      optimizer: { name: 'adamw' },
    };
    const whole = await training(examples, { settings });
    const controller = new AbortController();
    let turns = 0;
    // Between two batches of a step timers and the like have their turn.
    const stopped = await training(examples, {
      settings,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type !== 'step' || event.epoch !== 2 || event.step !== 2) return;
        const turn = () => {
          turns++;
          if (turns === 3) controller.abort();
          else setImmediate(turn);
        };
        setImmediate(turn);
      },
    });
    expect(turns).toBe(3);
    expect(stopped.state).toMatchObject({ epoch: 2, step: 3 });
    const snapshot = stopped.learner.snapshot();
    const resumed = await training(examples, { settings, from: { snapshot, state: stopped.state! } });
    disposeSnapshot(snapshot);
    expect(numbersOf(resumed.model)).toEqual(numbersOf(whole.model));
    expect([...stepsOf(stopped), ...stepsOf(resumed)].map(({ loss }) => loss)).toEqual(
      stepsOf(whole).map(({ loss }) => loss),
    );
  });

  it('change nothing where each step has one batch', async () => {
    const one = await training(examples, { settings: { epochs: 2 } });
    const other = await training(examples, { settings: { epochs: 2, accumulate: 1 } });
    expect(other.weights).toEqual(one.weights);
  });
});
