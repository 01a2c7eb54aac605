import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { Adam } from '../../src/optimizers/adam.js';
import { backendVariants, hasOurKernels, useVariant } from '../backends/backend-variants.js';
import { randomIntegers, randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';
import {
  cellNames,
  type RecurrentCase,
  recurrentCase,
  recurrentGradients,
  recurrentLayer,
  recurrentOutput,
  rightPadding,
} from './recurrent-case.js';

registerLayers();

const forms = [
  ...cellNames.flatMap((cell) =>
    [true, false].map((returnSequences) => ({ cell, returnSequences, zoneout: 0, cellZoneout: 0 })),
  ),
  { cell: 'lstm', returnSequences: true, zoneout: 0.2, cellZoneout: 0.3 } as const,
  { cell: 'gruResetBefore', returnSequences: false, zoneout: 0.2, cellZoneout: 0 } as const,
  { cell: 'simpleRelu', returnSequences: true, zoneout: 0.2, cellZoneout: 0 } as const,
];
const title = '$cell, returnSequences: $returnSequences, zoneout: $zoneout';

/** Eight rows, so that every thread has some; the last but one is empty, and many are as long as their batch. */
const sizes = { batch: 8, time: 6, features: 5, units: 7, withInitialState: true };
const lengths = [6, 3, 1, 6, 2, 5, 0, 4];
const { time, features, units } = sizes;

/** A case of one row alone, or of some rows in another order; each position of `steps` is one time step. */
function rowsOf(
  one: RecurrentCase,
  rows: readonly number[],
  steps = Array.from({ length: time }, (_, step) => step),
): RecurrentCase {
  const { x, initialState, initialCell } = one.values;
  const pick = (values: Float32Array, starts: readonly number[], length: number) =>
    Float32Array.from(starts.flatMap((start) => [...values.subarray(start * length, (start + 1) * length)]));
  const positions = rows.flatMap((row) => steps.map((step) => row * time + step));
  const { mask } = one.shape;
  return {
    ...one,
    shape: {
      ...one.shape,
      batch: rows.length,
      time: steps.length,
      mask: mask && positions.map((position) => mask[position]),
    },
    values: {
      ...one.values,
      x: pick(x, positions, features),
      initialState: pick(initialState!, rows, units),
      ...(initialCell && { initialCell: pick(initialCell, rows, units) }),
    },
  };
}

const withoutMask = (one: RecurrentCase): RecurrentCase => ({
  ...one,
  shape: { ...one.shape, mask: undefined },
});

describe.each(backendVariants)('rows of recurrent layers on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  /** Our kernels promise the same bits; TF.js' own differ in the last ones. */
  const tolerance = hasOurKernels(variant) ? 0 : 1e-6;
  const outputRow = (output: Float32Array, row: number, returnSequences: boolean) => {
    const size = (returnSequences ? time : 1) * units;
    return output.subarray(row * size, (row + 1) * size);
  };

  it.each(forms)(`come out the same with padding and without: ${title}`, (form) => {
    const one = recurrentCase({ ...sizes, ...form, mask: rightPadding(lengths, time) });
    const output = recurrentOutput(one);
    lengths.forEach((length, row) => {
      const padded = outputRow(output, row, form.returnSequences);
      const steps = Array.from({ length }, (_, step) => step);
      const { initialState } = one.values;
      const alone = length
        ? recurrentOutput(withoutMask(rowsOf(one, [row], steps)))
        : initialState!.subarray(row * units, (row + 1) * units);
      const last = alone.subarray(alone.length - units);
      // Behind its end a row repeats its last state.
      const expected = Array.from({ length: form.returnSequences ? time * units : units }, (_, i) =>
        i < alone.length && form.returnSequences ? alone[i] : last[i % units],
      );
      expectValues(padded, expected, tolerance);
    });
  });

  it.each(forms)(`come out the same in a batch and alone: ${title}`, (form) => {
    const one = recurrentCase({ ...sizes, ...form, mask: randomIntegers(8 * time, { to: 2 }) });
    const output = recurrentOutput(one);
    for (let row = 0; row < sizes.batch; row++) {
      expectValues(
        outputRow(output, row, form.returnSequences),
        recurrentOutput(rowsOf(one, [row])),
        tolerance,
      );
    }
  });

  it.each(forms)(`come out in another order when they go in so: ${title}`, (form) => {
    const one = recurrentCase({ ...sizes, ...form, mask: rightPadding(lengths, time) });
    const order = [5, 0, 7, 3, 6, 1, 2, 4];
    const output = recurrentOutput(one);
    const expected = order.flatMap((row) => [...outputRow(output, row, form.returnSequences)]);
    expectValues(recurrentOutput(rowsOf(one, order)), expected, tolerance);
  });

  it.each(forms)(`skip holes as if the masked steps were not there: ${title}`, (form) => {
    const kept = [0, 2, 5];
    const mask = Array.from({ length: 8 * time }, (_, i) => Number(kept.includes(i % time)));
    const one = recurrentCase({ ...sizes, ...form, mask });
    const output = recurrentOutput(one);
    const squeezed = recurrentOutput(withoutMask(rowsOf(one, [0, 1, 2, 3, 4, 5, 6, 7], kept)));
    if (!form.returnSequences) return expectValues(output, squeezed, tolerance);
    // A masked step repeats the output before it: steps 0, 0, 2, 2, 2, 5.
    const expected = Array.from({ length: 8 * time }, (_, i) => {
      const source = Math.floor(i / time) * 3 + [0, 0, 1, 1, 1, 2][i % time];
      return [...squeezed.subarray(source * units, (source + 1) * units)];
    });
    expectValues(output, expected.flat(), tolerance);
  });

  it.each(forms)(
    `keep their initial state, and hand its gradient on, where all is masked: ${title}`,
    (form) => {
      const one = recurrentCase({ ...sizes, ...form, mask: new Int32Array(8 * time) });
      const { initialState, x } = one.values;
      const repeats = form.returnSequences ? time : 1;
      const expected = Array.from({ length: 8 * repeats }, (_, i) => {
        const row = Math.floor(i / repeats);
        return [...initialState!.subarray(row * units, (row + 1) * units)];
      });
      expectValues(recurrentOutput(one), expected.flat(), 0);
      const gradients = recurrentGradients(one);
      const sums = Array.from(initialState!, (_, i) => {
        const [row, unit] = [Math.floor(i / units), i % units];
        let sum = 0;
        for (let step = 0; step < repeats; step++)
          sum += one.cotangents[0][(row * repeats + step) * units + unit];
        return sum;
      });
      expectValues(gradients.initialState, sums, 1e-6);
      expectValues(gradients.x, new Float32Array(x.length), 0);
      expectValues(gradients.recurrentKernel, new Float32Array(gradients.recurrentKernel.length), 0);
    },
  );

  it.each(forms)(`have no gradient at padding: ${title}`, (form) => {
    const one = recurrentCase({ ...sizes, ...form, mask: rightPadding(lengths, time) });
    const gradient = recurrentGradients(one).x;
    for (let position = 0; position < 8 * time; position++) {
      const ofStep = gradient.subarray(position * features, (position + 1) * features);
      expect(ofStep.some((value) => value !== 0)).toBe(one.shape.mask![position] === 1);
    }
  });

  it.each(forms)(`may be rows of a table, any of them many times: ${title}`, (form) => {
    // 48 positions of 11 words: the kernels multiply each different row of the table once.
    const ids = randomIntegers(8 * time, { to: 11 });
    const table = randomNumbers(11 * features, { seed: 3 });
    const mask = rightPadding(lengths, time);
    const one = recurrentCase({ ...sizes, ...form, mask });
    one.values.x = Float32Array.from({ length: 8 * time * features }, (_, i) => {
      return table[ids[Math.floor(i / features)] * features + (i % features)];
    });
    const plain = { output: recurrentOutput(one), gradients: recurrentGradients(one) };
    const looked = throughTable(one, table, ids);
    expectValues(looked.output, plain.output, tolerance);
    for (const name of ['kernel', 'recurrentKernel', 'bias', 'initialState'] as const) {
      expectValues(looked.gradients[name], plain.gradients[name], 1e-5);
    }
    const tableGradient = new Float64Array(table.length);
    plain.gradients.x.forEach((value, i) => {
      tableGradient[ids[Math.floor(i / features)] * features + (i % features)] += value;
    });
    expectValues(looked.gradients.table, tableGradient, 1e-5);
  });

  it.each(cellNames)(
    'are walked by the plan of their own layer, though the mask is that of others too: %s',
    (cell) => {
      const shape = { ...sizes, cell, returnSequences: true, mask: rightPadding(lengths, time) };
      const [forward, backward] = [false, true].map((goBackwards) =>
        recurrentCase({ ...shape, goBackwards }),
      );
      const mask = tf.tensor2d(Int32Array.from(shape.mask), [8, time], 'int32');
      for (const one of [forward, backward, forward]) {
        const output = tf.tidy(() => {
          const { initialState: h, initialCell: c } = one.values;
          const initialState = [h, c].flatMap((state) => (state ? [tf.tensor2d(state, [8, units])] : []));
          const x = tf.tensor3d(one.values.x, [8, time, features]);
          return (recurrentLayer(one).call(x, { mask, initialState }) as tf.Tensor).dataSync();
        });
        expectValues(output, recurrentOutput(one), 0);
      }
      mask.dispose();
    },
  );

  it('see that rows which were looked up in a table have been trained since', () => {
    const one = recurrentCase({
      batch: 2,
      time: 3,
      features: 2,
      units: 3,
      cell: 'gruResetAfter',
      returnSequences: true,
    });
    const ids = tf.tensor1d([1, 0, 1, 1, 0, 0], 'int32');
    const looked = tf.tidy(() => tf.reshape(tf.gather(tf.tensor2d([1, 2, 3, 4], [2, 2]), ids), [2, 3, 2]));
    const x = tf.variable(looked);
    looked.dispose();
    const layer = recurrentLayer(one);
    const optimizer = new Adam({ learningRate: 0.1 });
    tf.tidy(() => {
      const loss = () =>
        tf.sum(tf.mul(layer.call(x, {}) as tf.Tensor, tf.tensor(one.cotangents[0], [2, 3, 3]))) as tf.Scalar;
      for (let step = 0; step < 3; step++) optimizer.applyGradients(tf.variableGrads(loss, [x]).grads);
    });
    one.values.x = x.dataSync<'float32'>();
    expect(new Set(one.values.x).size).toBeGreaterThan(4);
    const output = tf.tidy(() => (layer.call(x, {}) as tf.Tensor).dataSync());
    expectValues(output, recurrentOutput(one), tolerance);
  });
});

/** Output and gradients where x is looked up in a table. */
function throughTable(one: RecurrentCase, table: Float32Array, ids: Int32Array) {
  const { batch, time, features, units } = one.shape;
  const layer = recurrentLayer(one);
  const rows = tf.variable(tf.tensor2d(table, [table.length / features, features]));
  const state = (values: Float32Array) => tf.variable(tf.tensor2d(values, [batch, units]));
  const initialState = state(one.values.initialState!);
  const initialCell = one.values.initialCell && state(one.values.initialCell);
  const [kernel, recurrentKernel, bias] = layer.trainableWeights.map(
    (weight) => weight.read() as tf.Variable,
  );
  const variables = {
    table: rows,
    initialState,
    kernel,
    recurrentKernel,
    bias,
    ...(initialCell && { initialCell }),
  };
  return tf.tidy(() => {
    const mask = tf.tensor2d(Int32Array.from(one.shape.mask!), [batch, time], 'int32');
    const run = () => {
      const x = tf.reshape(tf.gather(rows, tf.tensor1d(ids, 'int32')), [batch, time, features]);
      return layer.call(x, {
        mask,
        initialState: initialCell ? [initialState, initialCell] : [initialState],
      }) as tf.Tensor;
    };
    const { grads } = tf.variableGrads(() => {
      const output = run();
      return tf.sum(tf.mul(output, tf.tensor(one.cotangents[0], output.shape))) as tf.Scalar;
    }, Object.values(variables));
    const gradients = Object.fromEntries(
      Object.entries(variables).map(([name, { name: of }]) => [name, grads[of].dataSync()]),
    ) as Record<keyof typeof variables, Float32Array>;
    return { output: run().dataSync<'float32'>(), gradients };
  });
}
