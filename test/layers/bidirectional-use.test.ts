import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { RNN } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { Bidirectional } from '../../src/layers/bidirectional.js';
import { GRU } from '../../src/layers/gru.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';
import { rightPadding } from './recurrent-case.js';

registerLayers();

const [batch, time, features, units] = [5, 6, 4, 3];
const usual = { units, activation: 'tanh', recurrentActivation: 'sigmoid' } as const;
type Wrapper = Pick<Bidirectional, 'build' | 'setWeights' | 'call' | 'weights' | 'trainableWeights'>;

/** Outputs and, where the output is weighed, gradients by x and by every weight, for weights that are always the same. */
function answersOf(layer: Wrapper, mask?: ArrayLike<number>, x = inputs()): Float32Array[] {
  layer.build([batch, time, features]);
  return tf.tidy(() => {
    const shapes = layer.trainableWeights.map((weight) => weight.shape as number[]);
    layer.setWeights(
      shapes.map((shape, i) => tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), { seed: i }), shape)),
    );
    const rows = x.length / (time * features);
    const tensor = tf.tensor3d(x, [rows, time, features]);
    const kwargs = mask ? { mask: tf.tensor2d(Uint8Array.from(mask), [rows, time], 'bool') } : {};
    const run = (values: tf.Tensor) => {
      const result = layer.call(values, { ...kwargs });
      return Array.isArray(result) ? result : [result];
    };
    const loss = (values: tf.Tensor) =>
      tf.addN(
        run(values).map((output) =>
          tf.sum(tf.mul(output, tf.tensor(randomNumbers(output.size, { seed: 99 }), output.shape))),
        ),
      ) as tf.Scalar;
    const variables = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(() => loss(tensor), variables);
    const answers = [...run(tensor), tf.grad(loss)(tensor), ...variables.map(({ name }) => grads[name])].map(
      (answer) => answer.dataSync<'float32'>(),
    );
    for (const variable of variables) variable.dispose();
    return answers;
  });
}

const inputs = () => randomNumbers(batch * time * features, { seed: 7 });

type Form = { returnSequences?: boolean; returnState?: boolean; goBackwards?: boolean };
const forms: Record<string, Form> = {
  'last outputs': {},
  'all outputs': { returnSequences: true },
  'outputs and states': { returnSequences: true, returnState: true },
  'directions exchanged': { returnSequences: true, goBackwards: true },
};
const modes = ['concat', 'sum', 'ave', 'mul'] as const;
type Arguments = ConstructorParameters<typeof Bidirectional>[0];
const ours = (form: Form, mergeMode?: Arguments['mergeMode']) =>
  new Bidirectional({ layer: new GRU({ ...usual, ...form }) as unknown as RNN, mergeMode });
const stock = (form: Form, mergeMode: Arguments['mergeMode']) =>
  layers.bidirectional({ layer: layers.gru({ ...usual, ...form }) as RNN, mergeMode }) as unknown as Wrapper;

let expected: Record<string, Float32Array[]>;
beforeAll(async () => {
  await useVariant(backendVariants[0]);
  expected = {};
  for (const [name, form] of Object.entries(forms)) {
    for (const mode of modes) expected[`${name}, ${mode}`] = answersOf(stock(form, mode));
  }
});

describe.each(backendVariants)('Bidirectional on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  for (const [name, form] of Object.entries(forms)) {
    it.each(modes)(`gives what TF.js' own wrapper gives on its own backend: ${name}, %s`, (mode) => {
      const answers = answersOf(ours(form, mode));
      answers.forEach((values, i) => {
        expectValues(values, expected[`${name}, ${mode}`][i], 1e-5);
      });
    });
  }

  it('gives both outputs where there is no mode, as the stock one does', () => {
    const [one, other] = answersOf(ours({}, null as never));
    expect(one.length).toBe(batch * units);
    expect(other.length).toBe(batch * units);
  });

  it.each(modes)('does not see what stands at masked steps, and gives zeros there: %s', (mode) => {
    const lengths = [6, 2, 0, 5, 1];
    const mask = rightPadding(lengths, time);
    const garbage = inputs().map((value, i) => (mask[Math.floor(i / features)] ? value : 50 * value));
    for (const form of [{ returnSequences: true }, {}]) {
      const clean = answersOf(ours(form, mode), mask);
      const dirty = answersOf(ours(form, mode), mask, garbage);
      expect(dirty).toEqual(clean);
      if (!form.returnSequences) continue;
      const width = clean[0].length / (batch * time);
      mask.forEach((kept, step) => {
        const values = clean[0].slice(step * width, (step + 1) * width);
        expect(values.every((value) => (value !== 0) === (kept !== 0))).toBe(true);
      });
    }
  });

  it('gives a padded row what it gives the row alone', () => {
    const mask = rightPadding([4, 6, 6, 6, 6], time);
    const [padded] = answersOf(ours({ returnSequences: true }), mask);
    const alone = tf.tidy(() => {
      const layer = ours({ returnSequences: true });
      layer.build([1, 4, features]);
      const shapes = layer.trainableWeights.map((weight) => weight.shape as number[]);
      layer.setWeights(
        shapes.map((shape, i) => tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), { seed: i }), shape)),
      );
      const x = tf.tensor3d(inputs().slice(0, 4 * features), [1, 4, features]);
      return (layer.call(x, {}) as tf.Tensor).dataSync();
    });
    expectValues(padded.slice(0, alone.length), alone, 1e-6);
  });

  it('differs from its forward direction: each token sees those behind it, too', () => {
    const changed = inputs();
    // The last token of each row.
    for (let row = 0; row < batch; row++) changed[(row + 1) * time * features - 1] += 1;
    const width = 2 * units;
    const outputs = [inputs(), changed].map(
      (x) => answersOf(ours({ returnSequences: true }), undefined, x)[0],
    );
    for (let step = 0; step < batch * time; step++) {
      const parts = outputs.map((values) => values.slice(step * width, (step + 1) * width));
      const [forward, backward] = [0, units].map((from) =>
        parts[0].slice(from, from + units).some((value, i) => value !== parts[1][from + i]),
      );
      expect(backward).toBe(true);
      expect(forward).toBe(step % time === time - 1);
    }
  });

  it('leaves no tensor behind', () => {
    const layer = ours({ returnSequences: true });
    layer.build([batch, time, features]);
    const x = tf.tensor3d(inputs(), [batch, time, features]);
    const mask = tf.ones([batch, time], 'bool');
    const before = tf.memory().numTensors;
    (layer.call(x, { mask }) as tf.Tensor).dispose();
    const { value, grads } = tf.variableGrads(
      () => tf.sum(layer.call(x, { mask }) as tf.Tensor) as tf.Scalar,
    );
    tf.dispose([value, ...Object.values(grads)]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, mask, ...layer.trainableWeights.map((weight) => weight.read())]);
  });
});

describe('Bidirectional', () => {
  beforeAll(() => useVariant(backendVariants[0]));

  it('has the config of the stock wrapper', () => {
    const layer = layers.gru({ ...usual, name: 'gru' }) as RNN;
    const two = [
      new Bidirectional({ layer, name: 'two' }),
      layers.bidirectional({ layer, name: 'two' } as Arguments),
    ];
    expect(two[0].getClassName()).toBe('Bidirectional');
    expect(two[0].getConfig()).toEqual(two[1].getConfig());
  });
});
