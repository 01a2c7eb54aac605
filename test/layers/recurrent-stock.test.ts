import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WasmBackend } from '../../src/backends/wasm/wasm-backend.js';
import { GRU, type GruArgs } from '../../src/layers/gru.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { expectValues } from './expect-values.js';
import { gruCase, gruGradients, gruLayer, gruOutput, rightPadding } from './gru-case.js';

registerLayers();

const sizes = { batch: 6, time: 5, features: 4, units: 7 };
const mask = rightPadding([5, 2, 4, 0, 1, 5], 5);
const usual = { units: 7, activation: 'tanh', recurrentActivation: 'sigmoid' } as const;

/** What a layer gives for the same weights and inputs whatever it is: its outputs, and the gradient of its kernel. */
function answersOf(
  layer: Pick<GRU, 'build' | 'setWeights' | 'call' | 'weights'>,
  { training = false } = {},
): Float32Array[] {
  layer.build([6, 5, 4]);
  const { values, cotangent } = gruCase({ ...sizes, resetAfter: false, returnSequences: true });
  const answers = tf.tidy(() => {
    const weights = [
      tf.tensor2d(values.kernel, [4, 21]),
      tf.tensor2d(values.recurrentKernel, [7, 21]),
      tf.tensor1d(values.bias!),
    ];
    layer.setWeights(weights.slice(0, layer.weights.length));
    const x = tf.tensor3d(values.x, [6, 5, 4]);
    const run = () => {
      const result = layer.call(x, { mask: tf.tensor2d(mask, [6, 5], 'bool'), training });
      return Array.isArray(result) ? result : [result];
    };
    const kernel = layer.weights[0].read() as tf.Variable;
    const { grads } = tf.variableGrads(() => {
      const parts = run().map((output) =>
        tf.sum(tf.mul(output, tf.tensor(cotangent.slice(0, output.size), output.shape))),
      );
      return tf.addN(parts) as tf.Scalar;
    }, [kernel]);
    return [...run(), grads[kernel.name]].map((tensor) => tensor.dataSync<'float32'>());
  });
  for (const weight of layer.weights) weight.dispose();
  return answers;
}

const options: Record<string, GruArgs> = {
  'the last state': usual,
  'all states': { ...usual, returnSequences: true },
  'all states, backwards': { ...usual, returnSequences: true, goBackwards: true },
  'output and state': { ...usual, returnSequences: true, returnState: true },
  'no bias': { ...usual, useBias: false },
  // Outside of the fused kernel:
  "TF.js' own activations": { units: 7 },
  'another activation': { ...usual, activation: 'relu', returnSequences: true },
  'states that are kept': { ...usual, stateful: true, batchInputShape: [6, 5, 4] },
};

let stock: Record<string, Float32Array[]>;
beforeAll(async () => {
  await useVariant(backendVariants[0]);
  stock = Object.fromEntries(
    Object.entries(options).map(([name, args]) => [name, answersOf(layers.gru(args) as unknown as GRU)]),
  );
});

describe.each(backendVariants)('GRU on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(Object.keys(options))("gives what TF.js' own layer gives on its own backend: %s", (name) => {
    const answers = answersOf(new GRU(options[name]));
    expect(answers).toHaveLength(stock[name].length);
    answers.forEach((values, i) => {
      expectValues(values, stock[name][i], 1e-5);
    });
  });

  it('has the config and the weights of the stock layer, in the same order', () => {
    const [ours, theirs] = [new GRU({ ...usual, name: 'one' }), layers.gru({ ...usual, name: 'one' })];
    expect(ours.getClassName()).toBe('GRU');
    expect(ours.getConfig()).toEqual(theirs.getConfig());
    for (const layer of [ours, theirs]) layer.build([null, 5, 4]);
    const shapes = (layer: typeof theirs) => layer.weights.map((weight) => weight.shape);
    expect(shapes(ours as unknown as typeof theirs)).toEqual(shapes(theirs));
  });

  it('says in its config that the reset gate acts after, and has a second bias row then', () => {
    const layer = new GRU({ ...usual, resetAfter: true });
    expect(layer.getConfig()).toMatchObject({ resetAfter: true });
    layer.build([null, 5, 4]);
    expect(layer.weights.map((weight) => weight.shape)).toEqual([
      [4, 21],
      [7, 21],
      [2, 21],
    ]);
  });

  it('drops inputs while it trains, and only then', () => {
    const layer = () => new GRU({ ...usual, dropout: 0.5 });
    const [plain] = answersOf(layer());
    expectValues(plain, stock['the last state'][0], 1e-5);
    expect(answersOf(layer(), { training: true })[0]).not.toEqual(plain);
  });
});

describe('GRU on the wasm backend', () => {
  it('does not ignore dropout where the reset gate acts after: it drops, or says that it cannot', async () => {
    await useVariant(backendVariants[1]);
    const gru = gruCase({ ...sizes, resetAfter: true });
    const answer = (dropout: number) => {
      const layer = gruLayer(gru, { dropout });
      return tf.tidy(() =>
        (layer.call(tf.tensor3d(gru.values.x, [6, 5, 4]), { training: true }) as tf.Tensor).dataSync(),
      );
    };
    const plain = answer(0);
    let difference = 1;
    try {
      const dropped = answer(0.5);
      difference = Math.max(...plain.map((value, i) => Math.abs(value - dropped[i])));
    } catch (error) {
      expect(String(error)).toMatch(/dropout/i);
    }
    expect(difference).toBeGreaterThan(0.01);
  });

  const shape = { batch: 37, time: 9, features: 21, units: 18, withInitialState: true };
  const lengths = Array.from({ length: 37 }, (_, row) => (row * 5) % 10);

  for (const resetAfter of [true, false]) {
    it(`gives the same bits on 1 and 4 threads, and the same gradients but for rounding, resetAfter: ${resetAfter}`, async () => {
      const gru = gruCase({ ...shape, resetAfter, returnSequences: true, mask: rightPadding(lengths, 9) });
      const results = [];
      for (const threads of [1, 4, 4]) {
        await useVariant({ title: '', name: 'wasm', options: { threads } });
        results.push({ output: gruOutput(gru), gradients: gruGradients(gru) });
      }
      const [one, four, again] = results;
      expect(four.output).toEqual(one.output);
      // What goes to single rows is the same too; sums over rows are made in another order.
      expect(four.gradients.x).toEqual(one.gradients.x);
      expect(four.gradients.initialState).toEqual(one.gradients.initialState);
      for (const name of ['kernel', 'recurrentKernel', 'bias'] as const) {
        expectValues(four.gradients[name], one.gradients[name], 1e-5);
      }
      expect(again).toEqual(four);
    });
  }

  it('gives nearly the same with both builds of the kernels', async () => {
    const gru = gruCase({ ...shape, resetAfter: true, mask: rightPadding(lengths, 9) });
    const outputs = [];
    for (const simd of ['simd', 'relaxed-simd'] as const) {
      await useVariant({ title: '', name: 'wasm', options: { threads: 2, simd } });
      outputs.push(gruOutput(gru));
    }
    expectValues(outputs[1], outputs[0], 2e-6);
    // Fused multiply-adds round once: not a single different bit would mean that the two are one build.
    expect(outputs[1]).not.toEqual(outputs[0]);
  });

  it('gives the same bits whether a gradient is asked for or not', async () => {
    await useVariant({ title: '', name: 'wasm', options: { threads: 2 } });
    for (const resetAfter of [true, false]) {
      const gru = gruCase({ ...shape, resetAfter });
      const layer = gruLayer(gru);
      let inside: Float32Array | undefined;
      tf.tidy(() => {
        const x = tf.tensor3d(gru.values.x, [37, 9, 21]);
        const initialState = [tf.tensor2d(gru.values.initialState!, [37, 18])];
        tf.variableGrads(() => {
          const output = layer.call(x, { initialState }) as tf.Tensor;
          inside = output.dataSync<'float32'>();
          return tf.sum(output) as tf.Scalar;
        });
      });
      expect(inside).toEqual(gruOutput(gru, layer));
    }
  });

  it('computes right in memory above 2 GiB, where addresses are negative to 32-bit arithmetic', async () => {
    const gru = gruCase({ ...shape, resetAfter: true, mask: rightPadding(lengths, 9) });
    await useVariant({ title: '', name: 'wasm', options: { threads: 2 } });
    const low = { output: gruOutput(gru), gradients: gruGradients(gru) };
    const { heap } = (tf.backend() as WasmBackend).runtime;
    const block = heap.allocate(2.5 * 2 ** 30);
    expect({ output: gruOutput(gru), gradients: gruGradients(gru) }).toEqual(low);
    heap.free(block);
  });
});
