import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { logitsOf } from '../../src/model/logits.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { tinyTask } from '../training/tiny-task.js';

const made: LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

const ids = [
  [3, 1, 4, 1, 5, 9, 2, 6, 5, 3],
  [2, 7, 1, 8, 2, 8, 0, 0, 0, 0],
  [5, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
];
/** The same texts, cut by hand: rows of four steps, three a text. */
const pieces = ids.flatMap((row) => [row.slice(0, 4), row.slice(4, 8), [...row.slice(8), 0, 0]]);

function build(pieceLength: number | 'none', pooling: string): LayersModel {
  const layers = [
    { cell: 'gru', units: 3, bidirectional: 'concat' },
    { cell: 'lstm', units: 4 },
  ];
  const { model } = fillConfig({ model: { embedding: { units: 5 }, layers, pooling, pieceLength } }, 'test');
  const built = buildModel(model, { idCount: 12, task: tinyTask(), seed: 1 });
  made.push(built);
  return built;
}

const tensor = (rows: number[][]) => tf.tensor2d(rows, undefined, 'int32');
/** The maxima [rows, features] that the last layer of a model with `max` sees. */
const features = (model: LayersModel, rows: number[][]): number[][] =>
  tf.tidy(() => {
    const head = model.layers[model.layers.length - 1];
    const below = makeModel({ inputs: model.inputs, outputs: head.input });
    return (below.apply(tensor(rows)) as tf.Tensor2D).arraySync();
  });

describe.each(backendVariants)('texts in pieces on $title', (variant) => {
  it('are read as their pieces would be, each from a state of zeros, and pooled over all of them', async () => {
    await useVariant(variant);
    const whole = features(build(4, 'max'), ids);
    const ofPieces = features(build('none', 'max'), pieces);
    whole.forEach((row, text) => {
      const own = [0, 1, 2].filter((piece) => pieces[3 * text + piece].some((id) => id !== 0));
      row.forEach((value, feature) => {
        const values = own.map((piece) => ofPieces[3 * text + piece][feature]);
        expect(value).toBeCloseTo(values.length === 0 ? 0 : Math.max(...values), 6);
      });
    });
  });

  it('are the plain texts where one piece holds all of each', async () => {
    await useVariant(variant);
    for (const pooling of ['mean', 'max', 'attention']) {
      const plain = build('none', pooling).predict(tensor(ids)) as tf.Tensor;
      const cut = build(10, pooling).predict(tensor(ids)) as tf.Tensor;
      const [expected, values] = [plain.dataSync(), cut.dataSync()];
      values.forEach((value, row) => {
        expect(value).toBeCloseTo(expected[row], 6);
      });
    }
  });

  it('have the gradients that small changes of the weights tell', async () => {
    await useVariant(variant);
    const model = build(4, 'mean');
    const logits = logitsOf(model);
    const loss = () => tf.mean(tf.square(logits(tensor(ids.slice(0, 3)), { training: true }))) as tf.Scalar;
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(loss, variables);
    for (const variable of variables) {
      const values = variable.dataSync<'float32'>().slice();
      const gradient = grads[variable.name].dataSync<'float32'>();
      const place = gradient.reduce(
        (best, value, at) => (Math.abs(value) > Math.abs(gradient[best]) ? at : best),
        0,
      );
      const at = (change: number) => {
        const changed = values.slice();
        changed[place] += change;
        variable.assign(tf.tensor(changed, variable.shape) as tf.Variable);
        return tf.tidy(() => loss().dataSync()[0]);
      };
      const numeric = (at(1e-2) - at(-1e-2)) / 2e-2;
      at(0);
      expect(gradient[place]).toBeCloseTo(numeric, 3);
    }
  });
});

describe('a model that reads pieces', () => {
  it('is saved and loaded with them', async () => {
    await useVariant(backendVariants[1]);
    const model = build(4, 'max');
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    const loaded = await loadLayersModel(tf.io.fromMemory(saved!));
    made.push(loaded);
    const answers = (each: LayersModel) => [...(each.predict(tensor(ids)) as tf.Tensor).dataSync()];
    expect(answers(loaded)).toEqual(answers(model));
  });

  it('is not one of the last state of a text', () => {
    const layers = [{ cell: 'gru', units: 3 }];
    for (const pooling of ['last', 'lastMaxMean']) {
      expect(() => fillConfig({ model: { layers, pooling, pieceLength: 50 } }, 'test')).toThrow(
        /model\.pooling.*means the end of a text/,
      );
    }
  });
});
