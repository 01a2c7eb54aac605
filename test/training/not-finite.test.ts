import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { padBatch } from '../../src/batches/pad-batch.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { NotFiniteLoss, notFinitePlace } from '../../src/training/not-finite.js';
import { useVariant } from '../backends/backend-variants.js';
import { numbersOf } from '../runs/tiny-run.js';
import { encodedExamples, idCount, learningConfig, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';
import { training } from './trained.js';

beforeEach(() => useVariant({ title: '', name: 'wasm', options: { threads: 1 } }));

const examples = encodedExamples(tinyExamples(12));
const batch = padBatch(examples, Int32Array.from([0, 1, 2, 3]));
const models: LayersModel[] = [];
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

function built(settings?: object): LayersModel {
  const config = settings ? fillConfig({ model: settings }, 'test') : learningConfig();
  const model = buildModel(config.model, { idCount, task: tinyTask(), seed: 1 });
  models.push(model);
  return model;
}

/** Puts a number into a place of a layer's weight. */
function spoil(
  model: LayersModel,
  layer: string,
  { weight, place, value }: { weight: number; place: number; value: number },
) {
  const variable = model.getLayer(layer).weights[weight].read() as tf.Variable;
  const values = variable.dataSync<'float32'>().slice();
  values[place] = value;
  variable.assign(tf.tensor(values, variable.shape) as tf.Variable);
}

describe('the place where numbers are not finite any more', () => {
  it('is none in a model whose numbers all are', () => {
    expect(notFinitePlace(built(), batch)).toBeUndefined();
  });

  it('is the first layer with such weights', () => {
    const model = built();
    spoil(model, 'gru_2', { weight: 0, place: 3, value: Number.NaN });
    spoil(model, 'label', { weight: 0, place: 0, value: Number.POSITIVE_INFINITY });
    expect(notFinitePlace(model, batch)).toEqual({ layer: 'gru_2', part: 'weights', rows: [] });
  });

  it('is the first layer that computes such numbers of finite weights, with the rows that have them', () => {
    const layers = [{ cell: 'simpleRnn', units: 3, activation: 'relu' }];
    const model = built({ layers, embedding: { units: 5 } });
    // The word of id 11 tells the label of every second example; its vector alone is beyond float32 after a product.
    const word = 11;
    const has = (row: number) => batch.ids.slice(row * batch.time, (row + 1) * batch.time).includes(word);
    const rows = [0, 1, 2, 3].filter(has);
    expect(rows).toHaveLength(2);
    for (let unit = 0; unit < 5; unit++) {
      spoil(model, 'embedding', { weight: 0, place: word * 5 + unit, value: 3e38 });
      for (let to = 0; to < 3; to++)
        spoil(model, 'simple_rnn_1', { weight: 0, place: unit * 3 + to, value: 2 });
    }
    expect(notFinitePlace(model, batch)).toEqual({ layer: 'simple_rnn_1', part: 'outputs', rows });
  });

  it('is told of a training that ends by it, whose weights stay as they were before the step', async () => {
    const kept: number[][][] = [];
    let model: LayersModel | undefined;
    const failed = training(
      examples,
      { settings: { optimizer: { learningRate: 1e30 } } },
      (event, learner) => {
        model = learner.model;
        if (event.type === 'step') kept.push(numbersOf(learner.model));
      },
    );
    const error = await failed.catch((reason) => reason);
    expect(error).toBeInstanceOf(NotFiniteLoss);
    expect(error.message).toMatch(/^The loss is (NaN|Infinity) in step \d+ of epoch \d+: /);
    expect(error.hint).toContain('--set training.clip.norm=1');
    expect(error.examples.length).toBeGreaterThan(0);
    expect(numbersOf(model!)).toEqual(kept.at(-1));
  });
});
