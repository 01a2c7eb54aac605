import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { NgramEmbedding } from '../../src/layers/ngram-embedding.js';
import { registerLayers } from '../../src/layers/register.js';
import { Random } from '../../src/random/random.js';
import { KnownRuns } from '../../src/text/known-runs.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { type GoldenTensor, readLayerGolden } from '../golden/read-golden.js';
import { expectClose } from './expect-close.js';

registerLayers();

const golden = readLayerGolden('ngram-embedding');
const [, time] = golden.ids.shape;
const [buckets, units] = golden.runs.shape;
const tensorOf = ({ shape, values }: GoldenTensor, type: 'float32' | 'int32' = 'float32') =>
  tf.tensor(values, shape, type);

/** The layer with Keras' weights. */
function goldenLayer(options: { wordDropout?: number } = {}): NgramEmbedding {
  const layer = new NgramEmbedding({
    ...{ inputDim: golden.words, outputDim: units, maskZero: true, inputShape: [null] as never },
    ...{ ngrams: golden.ngrams, ngramVectors: buckets - 1, ...options },
  });
  layer.build([null, null]);
  const table = new Float32Array(golden.words * units);
  golden.used.values.forEach((id, row) => {
    table.set(golden.table.values.slice(row * units, (row + 1) * units), id * units);
  });
  const [, , ...fixed] = layer.getWeights();
  layer.setWeights([tf.tensor2d(table, [golden.words, units]), tensorOf(golden.runs), ...fixed]);
  layer.know(Float32Array.from(golden.pairs.values));
  return layer;
}

it('finds the rows of known runs as the Python of the golden values does', () => {
  const known = new KnownRuns(golden.pairs.values, golden.words);
  const found = known.endingAt(golden.ids.values as Int32Array, { time, longest: golden.ngrams });
  expect(found).toEqual(golden.rows.map(({ values }) => values));
});

describe.each(backendVariants)('NgramEmbedding on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it("gives Keras' vectors and gradients, and masks padding", () => {
    const layer = goldenLayer();
    const ids = tensorOf(golden.ids, 'int32') as tf.Tensor2D;
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(
      () => tf.sum<tf.Scalar>(tf.mul(layer.call(ids, {}) as tf.Tensor, tensorOf(golden.outer))),
      variables,
    );
    expectClose(layer.call(ids, {}) as tf.Tensor, golden.vectors, 1e-6);
    const [ofTable, ofRuns] = variables.map(({ name }) => grads[name]);
    expectClose(tf.gather(ofTable, tensorOf(golden.used, 'int32')), golden.tableGradient, 1e-5);
    expectClose(ofRuns, golden.runsGradient, 1e-5);
    const mask = (layer.computeMask(ids) as tf.Tensor).dataSync();
    expect([...mask]).toEqual(Array.from(golden.ids.values, (id) => (id === 0 ? 0 : 1)));
  });

  it('reads no run that holds a dropped word', () => {
    const layer = goldenLayer({ wordDropout: 0.5 });
    const ids = tf.tensor2d(
      Array.from({ length: 60 }, (_, place) => golden.used.values[1 + (place % 6)]),
      [4, 15],
      'int32',
    );
    const call = () => layer.call(ids, { training: true, random: new Random(3) }) as tf.Tensor;
    const vectors = call().arraySync() as number[][][];
    expect(call().arraySync()).toEqual(vectors);
    const [nothing, noRun] = [golden.table, golden.runs].map(({ values }) => [...values.slice(0, units)]);
    const ofDropped = nothing.map((value, unit) => value + 2 * noRun[unit]);
    const isDropped = (vector: readonly number[]) =>
      vector.every((value, unit) => Math.abs(value - ofDropped[unit]) < 1e-5);
    const places = vectors.map((sequence) => sequence.map(isDropped));
    const share = places.flat().filter(Boolean).length / 60;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
    // Behind a dropped word a kept one stands alone: its own vector, and no run.
    places.forEach((sequence, row) => {
      for (let place = 1; place < sequence.length; place++) {
        if (!sequence[place - 1] || sequence[place]) continue;
        const id = golden.used.values.indexOf(ids.arraySync()[row][place]);
        const own = golden.table.values.slice(id * units, (id + 1) * units);
        vectors[row][place].forEach((value, unit) => {
          expect(value).toBeCloseTo(own[unit] + 2 * noRun[unit], 5);
        });
      }
    });
  });

  it('leaves no tensor behind', () => {
    const layer = goldenLayer();
    const ids = tensorOf(golden.ids, 'int32');
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      tf.variableGrads(() => tf.sum<tf.Scalar>(layer.call(ids, {}) as tf.Tensor), variables);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
