import * as tf from '@tensorflow/tfjs-core';
import { onTestFinished } from 'vitest';
import type {
  NativeBackend,
  NativeBinding,
  NativeTensor,
  OpAttribute,
} from '../../../src/backends/native/native-backend.js';

// cuDNN's GRU in float64, from NVIDIA's documentation of cudnnRNNMode_t, in the place of the operations that need a GPU:
//   r = sigmoid(Wr x + Rr h + bWr + bRr), i = sigmoid(Wi x + Ri h + bWi + bRi)
//   n = tanh(Wn x + bWn + r (Rn h + bRn)), h' = (1 - i) n + i h
// Weights are one vector: Wr, Wi, Wn [units, features], Rr, Ri, Rn [units, units], bWr, bWi, bWn, bRr, bRi, bRn [units].

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const reserveMark = [1, 2, 3];

export interface CudnnCall {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly shapes: readonly number[][];
}

/** Makes the tensorflow backend believe in a GPU until the test ends. Returns the list of cuDNN's calls. */
export function emulateCudnn(): CudnnCall[] {
  const backend = tf.backend() as unknown as { binding: NativeBinding; isUsingGpuDevice: boolean };
  const { binding } = backend;
  const calls: CudnnCall[] = [];
  const emulated = Object.create(null) as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(binding)) {
    const value = (binding as unknown as Record<string, unknown>)[name];
    emulated[name] = typeof value === 'function' ? value.bind(binding) : value;
  }
  emulated.executeOp = (name: string, attributes: OpAttribute[], ids: number[], outputs: number) => {
    if (!name.startsWith('Cudnn')) return binding.executeOp(name, attributes, ids, outputs);
    const inputs = ids.map((id) => readTensor(binding, id));
    calls.push({ name, attributes, shapes: inputs.map(({ shape }) => shape) });
    return name === 'CudnnRNNV3' ? forward(binding, inputs) : backward(binding, inputs);
  };
  backend.binding = emulated as unknown as NativeBinding;
  backend.isUsingGpuDevice = true;
  onTestFinished(() => {
    backend.binding = binding;
    backend.isUsingGpuDevice = false;
  });
  return calls;
}

interface Values {
  shape: number[];
  values: ArrayLike<number>;
}

function readTensor(binding: NativeBinding, id: number): Values {
  const [shape] = binding.executeOp('Shape', [], [id], 1);
  const read = [...binding.tensorDataSync(shape.id)];
  binding.deleteTensor(shape.id);
  // Int8 cannot be read; it is only handed through.
  if (read.length === 1 && read[0] === 0) return { shape: read, values: [] };
  return { shape: read, values: binding.tensorDataSync(id) };
}

const tensor = (binding: NativeBinding, shape: number[], values: ArrayLike<number>): NativeTensor => {
  const id = binding.createTensor(shape, binding.TF_FLOAT, Float32Array.from(values));
  return { id, shape, dtype: binding.TF_FLOAT };
};

interface Network {
  time: number;
  batch: number;
  features: number;
  units: number;
  /** Index of a weight: of gate 0 r, 1 i, 2 n, by input or by state. */
  input: (gate: number, unit: number, feature: number) => number;
  state: (gate: number, unit: number, from: number) => number;
  inputBias: (gate: number, unit: number) => number;
  stateBias: (gate: number, unit: number) => number;
}

function networkOf([x, h, , parameters, lengths]: Values[]): Network {
  const [time, batch, features] = x.shape;
  const [layers, rows, units] = h.shape;
  const expected = 3 * units * (features + units + 2);
  if (layers !== 1 || rows !== batch || parameters.values.length !== expected || lengths.shape[0] !== batch) {
    throw new Error('cuDNN: shapes do not fit');
  }
  for (const length of Array.from(lengths.values)) {
    if (!(length >= 1 && length <= time)) throw new Error(`cuDNN: a row of length ${length}`);
  }
  const states = 3 * units * features;
  const biases = states + 3 * units * units;
  return {
    ...{ time, batch, features, units },
    input: (gate, unit, feature) => (gate * units + unit) * features + feature,
    state: (gate, unit, from) => states + (gate * units + unit) * units + from,
    inputBias: (gate, unit) => biases + gate * units + unit,
    stateBias: (gate, unit) => biases + (3 + gate) * units + unit,
  };
}

/** One step of one row. */
function stepOf(network: Network, w: ArrayLike<number>, x: number[], h: number[]) {
  const { units, input, state, inputBias, stateBias } = network;
  const byInput = (gate: number, unit: number) =>
    x.reduce((sum, value, i) => sum + w[input(gate, unit, i)] * value, w[inputBias(gate, unit)]);
  const byState = (gate: number, unit: number) =>
    h.reduce((sum, value, i) => sum + w[state(gate, unit, i)] * value, w[stateBias(gate, unit)]);
  const all = Array.from({ length: units }, (_, unit) => unit);
  const r = all.map((unit) => sigmoid(byInput(0, unit) + byState(0, unit)));
  const i = all.map((unit) => sigmoid(byInput(1, unit) + byState(1, unit)));
  const inner = all.map((unit) => byState(2, unit));
  const n = all.map((unit) => Math.tanh(byInput(2, unit) + r[unit] * inner[unit]));
  const next = all.map((unit) => (1 - i[unit]) * n[unit] + i[unit] * h[unit]);
  return { r, i, n, inner, next };
}

function rowOf({ values, shape }: Values, t: number, row: number): number[] {
  const width = shape[2];
  const from = (t * shape[1] + row) * width;
  return Array.from({ length: width }, (_, k) => values[from + k]);
}

function forward(binding: NativeBinding, inputs: Values[]): NativeTensor[] {
  const network = networkOf(inputs);
  const { time, batch, units } = network;
  const [x, first, , { values: w }, { values: lengths }] = inputs;
  const output = new Float64Array(time * batch * units);
  const final: number[] = [];
  for (let row = 0; row < batch; row++) {
    let h = rowOf(first, 0, row);
    for (let t = 0; t < lengths[row]; t++) {
      h = stepOf(network, w, rowOf(x, t, row), h).next;
      output.set(h, (t * batch + row) * units);
    }
    final.push(...h);
  }
  const host = binding.createTensor([0], binding.TF_INT32, new Int32Array());
  const [int8] = binding.executeOp(
    'Cast',
    [
      { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      { name: 'DstT', type: binding.TF_ATTR_TYPE, value: 6 },
    ],
    [host],
    1,
  );
  binding.deleteTensor(host);
  return [
    tensor(binding, [time, batch, units], output),
    tensor(binding, [1, batch, units], final),
    tensor(binding, [], [0]),
    tensor(binding, [3], reserveMark),
    int8,
  ];
}

function backward(binding: NativeBinding, inputs: Values[]): NativeTensor[] {
  const network = networkOf(inputs);
  const { time, batch, features, units, input, state, inputBias, stateBias } = network;
  const [x, first, , { values: w }, { values: lengths }, output, final, , dOutput, dFinal, , reserve, host] =
    inputs;
  if ([...Array.from(reserve.values)].join() !== reserveMark.join() || host.shape.join() !== '0') {
    throw new Error('cuDNN: not what the forward pass reserved');
  }
  const dx = new Float64Array(time * batch * features);
  const dFirst: number[] = [];
  const dw = new Float64Array(w.length);
  const range = Array.from({ length: units }, (_, unit) => unit);
  for (let row = 0; row < batch; row++) {
    const states = [rowOf(first, 0, row)];
    const steps = Array.from({ length: lengths[row] }, (_, t) => {
      const step = stepOf(network, w, rowOf(x, t, row), states[t]);
      states.push(step.next);
      return step;
    });
    const near = (a: number[], b: number[]) => a.every((value, k) => Math.abs(value - b[k]) < 1e-5);
    if (!near(states.at(-1)!, rowOf(final, 0, row))) throw new Error('cuDNN: not the final state');
    let dh = rowOf(dFinal, 0, row);
    for (let t = time - 1; t >= 0; t--) {
      const dy = rowOf(dOutput, t, row);
      if (t >= lengths[row]) {
        if (dy.some((value) => value !== 0)) throw new Error('cuDNN: a gradient of padding');
        continue;
      }
      if (!near(states[t + 1], rowOf(output, t, row))) throw new Error('cuDNN: not the output');
      const { r, i, n, inner } = steps[t];
      const [h, xt] = [states[t], rowOf(x, t, row)];
      const g = dh.map((value, unit) => value + dy[unit]);
      const dn = range.map((u) => g[u] * (1 - i[u]) * (1 - n[u] * n[u]));
      const sums = [
        range.map((u) => dn[u] * inner[u] * r[u] * (1 - r[u])),
        range.map((u) => g[u] * (h[u] - n[u]) * i[u] * (1 - i[u])),
        dn,
      ];
      const stateSums = [sums[0], sums[1], range.map((u) => dn[u] * r[u])];
      const before = range.map((u) => g[u] * i[u]);
      for (let gate = 0; gate < 3; gate++) {
        for (const u of range) {
          dw[inputBias(gate, u)] += sums[gate][u];
          dw[stateBias(gate, u)] += stateSums[gate][u];
          xt.forEach((value, k) => {
            dw[input(gate, u, k)] += sums[gate][u] * value;
            dx[(t * batch + row) * features + k] += sums[gate][u] * w[input(gate, u, k)];
          });
          for (const k of range) {
            dw[state(gate, u, k)] += stateSums[gate][u] * h[k];
            before[k] += stateSums[gate][u] * w[state(gate, u, k)];
          }
        }
      }
      dh = before;
    }
    dFirst.push(...dh);
  }
  return [
    tensor(binding, [time, batch, features], dx),
    tensor(binding, [1, batch, units], dFirst),
    tensor(binding, [], [0]),
    tensor(binding, [dw.length], dw),
  ];
}

/** The real backend, for what the registry of operations says. */
export const nativeBackend = () => tf.backend() as unknown as NativeBackend;
