import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { BackendOptions } from '../../src/backends/use-backend.js';
import type { WasmBackend } from '../../src/backends/wasm/wasm-backend.js';
import { registerLayers } from '../../src/layers/register.js';
import { useVariant } from '../backends/backend-variants.js';
import { expectValues } from './expect-values.js';
import {
  callLayer,
  cellNames,
  lossOf,
  recurrentCase,
  recurrentGradients,
  recurrentLayer,
  recurrentResults,
  rightPadding,
} from './recurrent-case.js';

registerLayers();

const useWasm = (options: BackendOptions) => useVariant({ title: '', name: 'wasm', options });

const sizes = { batch: 37, time: 9, features: 21, units: 18, withInitialState: true };
const lengths = Array.from({ length: 37 }, (_, row) => (row * 5) % 10);
const mask = rightPadding(lengths, 9);

describe.each(cellNames)('the wasm backend, for the cell %s,', (cell) => {
  it('gives the same bits on 1 and 4 threads, and the same gradients but for rounding', async () => {
    const zones = { zoneout: 0.2, cellZoneout: 0.3 };
    for (const rates of [{}, { recurrentDropout: 0.3 }, zones, { ...zones, training: true }]) {
      const options = { returnSequences: true, returnState: true, ...rates };
      const one = recurrentCase({ ...sizes, ...options, cell, mask });
      const answers = [];
      for (const threads of [1, 4, 4]) {
        await useWasm({ threads });
        answers.push({ results: recurrentResults(one), gradients: recurrentGradients(one) });
      }
      const [alone, four, again] = answers;
      expect(four.results).toEqual(alone.results);
      // What goes to single rows is the same too; sums over rows are made in another order.
      for (const name of ['x', 'initialState', 'initialCell'] as const)
        expect(four.gradients[name]).toEqual(alone.gradients[name]);
      for (const name of ['kernel', 'recurrentKernel', 'bias'] as const)
        expectValues(four.gradients[name], alone.gradients[name], 1e-5 * largestOf(alone.gradients[name]));
      expect(again).toEqual(four);
    }
  });

  it('gives nearly the same with both builds of the kernels', async () => {
    const one = recurrentCase({ ...sizes, cell, mask });
    const outputs = [];
    for (const simd of ['simd', 'relaxed-simd'] as const) {
      await useWasm({ threads: 2, simd });
      outputs.push(recurrentResults(one)[0]);
    }
    expectValues(outputs[1], outputs[0], 2e-6 * largestOf(outputs[0]));
    // Fused multiply-adds round once: not a single different bit would mean that the two are one build.
    expect(outputs[1]).not.toEqual(outputs[0]);
  });

  it('gives the same bits in 128- and 256-bit form, gradients of weights included', async () => {
    for (const simd of ['simd', 'relaxed-simd'] as const) {
      const answers = [];
      for (const vectorBits of [128, 256] as const) {
        await useWasm({ threads: 2, simd, vectorBits });
        const one = recurrentCase({
          ...sizes,
          cell,
          mask,
          zoneout: 0.2,
          cellZoneout: 0.3,
          returnState: true,
        });
        answers.push({ results: recurrentResults(one), gradients: recurrentGradients(one) });
      }
      expect(answers[1]).toEqual(answers[0]);
    }
  });

  it('gives the same bits whether a gradient is asked for or not', async () => {
    await useWasm({ threads: 2 });
    for (const options of [{ returnSequences: true }, {}, { zoneout: 0.2, cellZoneout: 0.3 }]) {
      const one = recurrentCase({ ...sizes, ...options, cell, mask, returnState: true });
      const layer = recurrentLayer(one);
      let inside: Float32Array[] = [];
      tf.tidy(() => {
        const { x, initialState, initialCell } = one.values;
        const state = (values?: Float32Array) => values && tf.tensor2d(values, [37, 18]);
        const inputs = {
          x: tf.tensor3d(x, [37, 9, 21]),
          initialState: state(initialState),
          initialCell: state(initialCell),
        };
        tf.variableGrads(() => {
          const results = callLayer(one, layer, inputs);
          inside = results.map((result) => result.dataSync<'float32'>());
          return lossOf(one, results);
        });
      });
      expect(inside).toEqual(recurrentResults(one, layer));
    }
  });

  it('computes right in memory above 2 GiB, where addresses are negative to 32-bit arithmetic', async () => {
    const options = { returnState: true, recurrentDropout: 0.3, zoneout: 0.2, cellZoneout: 0.3 };
    const one = recurrentCase({ ...sizes, ...options, cell, mask });
    await useWasm({ threads: 2 });
    const answers = () => ({ results: recurrentResults(one), gradients: recurrentGradients(one) });
    const low = answers();
    const { heap } = (tf.backend() as WasmBackend).runtime;
    const block = heap.allocate(2.5 * 2 ** 30);
    expect(answers()).toEqual(low);
    heap.free(block);
  });
});

const largestOf = (values: Float32Array) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
