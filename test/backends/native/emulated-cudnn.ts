import * as tf from '@tensorflow/tfjs-core';
import { onTestFinished } from 'vitest';
import type {
  NativeBinding,
  NativeTensor,
  OpAttribute,
} from '../../../src/backends/native/native-backend.js';

// cuDNN's recurrent networks in float64, from NVIDIA's documentation of cudnnRNNMode_t, in the place of the operations that
// need a GPU. R, W, b by gate; a weight vector has all W [units, features], all R [units, units], all bW, all bR.
//   rnn_relu, rnn_tanh: h' = act(W x + R h + bW + bR)
//   lstm: i, f, g, o in this order; c' = f c + i g, h' = o tanh(c')
//   gru: r, i, n; n = tanh(Wn x + bWn + r (Rn h + bRn)), h' = (1 - i) n + i h

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const reserveMark = [1, 2, 3];
const gateCounts: Record<string, number> = { rnn_relu: 1, rnn_tanh: 1, gru: 3, lstm: 4 };
const int8 = 6;

/** Makes the tensorflow backend believe in a GPU until the test ends. Returns the names of cuDNN's calls, as they come. */
export function emulateCudnn(): string[] {
  const backend = tf.backend() as unknown as { binding: NativeBinding; isUsingGpuDevice: boolean };
  const { binding } = backend;
  const calls: string[] = [];
  const emulated = Object.create(null) as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(binding)) {
    const value = (binding as unknown as Record<string, unknown>)[name];
    emulated[name] = typeof value === 'function' ? value.bind(binding) : value;
  }
  emulated.executeOp = (name: string, attributes: OpAttribute[], ids: number[], outputs: number) => {
    if (!name.startsWith('Cudnn')) return binding.executeOp(name, attributes, ids, outputs);
    calls.push(name);
    const mode = attributes.find((attribute) => attribute.name === 'rnn_mode')!.value as string;
    const inputs = ids.map((id) => readTensor(binding, id));
    return name === 'CudnnRNNV3' ? forward(binding, mode, inputs) : backward(binding, mode, inputs);
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
  values: Float64Array;
}

function readTensor(binding: NativeBinding, id: number): Values {
  const [size] = binding.executeOp('Shape', [], [id], 1);
  const shape = [...binding.tensorDataSync(size.id)];
  binding.deleteTensor(size.id);
  // Empty: the host's reserve, of a type that cannot be read.
  const values = shape.includes(0) ? new Float64Array() : Float64Array.from(binding.tensorDataSync(id));
  return { shape, values };
}

function make(binding: NativeBinding, shape: number[], values: ArrayLike<number>): NativeTensor {
  const id = binding.createTensor(shape, binding.TF_FLOAT, Float32Array.from(values));
  return { id, shape, dtype: binding.TF_FLOAT };
}

interface Results {
  output: Float64Array;
  h: Float64Array;
  c: Float64Array;
}

/** @param inputs input [T, B, F], input_h and input_c [1, B, U], params, sequence_lengths [B] */
function compute(mode: string, [x, first, firstCell, { values: w }, { values: lengths }]: Values[]): Results {
  const [time, batch, features] = x.shape;
  const units = first.shape[2];
  const gates = gateCounts[mode];
  if (w.length !== gates * units * (features + units + 2) || first.shape[1] !== batch) {
    throw new Error('cuDNN: shapes do not fit');
  }
  if (lengths.length !== batch || lengths.some((length) => !(length >= 1 && length <= time))) {
    throw new Error(`cuDNN: lengths ${lengths}`);
  }
  const states = gates * units * features;
  const biases = states + gates * units * units;
  const all = Array.from({ length: units }, (_, unit) => unit);
  const part = ({ values }: Values, from: number, size: number) => values.subarray(from, from + size);
  const output = new Float64Array(time * batch * units);
  const [finalStates, finalCells] = [new Float64Array(batch * units), new Float64Array(batch * units)];
  for (let row = 0; row < batch; row++) {
    let h = [...part(first, row * units, units)];
    let c = mode === 'lstm' ? [...part(firstCell, row * units, units)] : [];
    for (let t = 0; t < lengths[row]; t++) {
      const xt = part(x, (t * batch + row) * features, features);
      const byInput = (gate: number, unit: number) =>
        xt.reduce(
          (sum, value, i) => sum + w[(gate * units + unit) * features + i] * value,
          w[biases + gate * units + unit],
        );
      const byState = (gate: number, unit: number) =>
        h.reduce(
          (sum, value, i) => sum + w[states + (gate * units + unit) * units + i] * value,
          w[biases + (gates + gate) * units + unit],
        );
      const both = (gate: number) => all.map((unit) => byInput(gate, unit) + byState(gate, unit));
      if (mode === 'gru') {
        const [r, i] = [both(0).map(sigmoid), both(1).map(sigmoid)];
        const n = all.map((unit) => Math.tanh(byInput(2, unit) + r[unit] * byState(2, unit)));
        h = all.map((unit) => (1 - i[unit]) * n[unit] + i[unit] * h[unit]);
      } else if (mode === 'lstm') {
        const [i, f, g, o] = [
          both(0).map(sigmoid),
          both(1).map(sigmoid),
          both(2).map(Math.tanh),
          both(3).map(sigmoid),
        ];
        c = all.map((unit) => f[unit] * c[unit] + i[unit] * g[unit]);
        h = all.map((unit) => o[unit] * Math.tanh(c[unit]));
      } else {
        h = both(0).map((sum) => (mode === 'rnn_relu' ? Math.max(0, sum) : Math.tanh(sum)));
      }
      output.set(h, (t * batch + row) * units);
    }
    finalStates.set(h, row * units);
    finalCells.set(c, row * units);
  }
  return { output, h: finalStates, c: finalCells };
}

function forward(binding: NativeBinding, mode: string, inputs: Values[]): NativeTensor[] {
  const { output, h, c } = compute(mode, inputs);
  const [time, batch] = inputs[0].shape;
  const [, , units] = inputs[1].shape;
  const host = binding.createTensor([0], binding.TF_INT32, new Int32Array());
  const types = { SrcT: binding.TF_INT32, DstT: int8 };
  const attributes = Object.entries(types).map(([name, value]) => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value,
  }));
  const [empty] = binding.executeOp('Cast', attributes, [host], 1);
  binding.deleteTensor(host);
  const state = [1, batch, units];
  return [
    make(binding, [time, batch, units], output),
    make(binding, state, h),
    mode === 'lstm' ? make(binding, state, c) : make(binding, [], [0]),
    make(binding, [3], reserveMark),
    empty,
  ];
}

/** By central differences: good to 1e-8, whatever the network. */
function backward(binding: NativeBinding, mode: string, inputs: Values[]): NativeTensor[] {
  const [x, first, firstCell, w, lengths, output, h, c, dOutput, dh, dc, reserve, host] = inputs;
  if (reserve.values.join() !== reserveMark.join() || host.shape.join() !== '0') {
    throw new Error('cuDNN: not what the forward pass reserved');
  }
  const own = compute(mode, inputs);
  const near = (a: Float64Array, b: Float64Array) => a.every((value, i) => Math.abs(value - b[i]) < 1e-5);
  if (!near(own.output, output.values) || !near(own.h, h.values)) throw new Error('cuDNN: not the output');
  if (mode === 'lstm' && !near(own.c, c.values)) throw new Error('cuDNN: not the final cell state');
  const [time, batch, features] = x.shape;
  const isPadding = (width: number, i: number) => {
    const position = Math.floor(i / width);
    return Math.floor(position / batch) >= lengths.values[position % batch];
  };
  const units = first.shape[2];
  if (dOutput.values.some((value, i) => value !== 0 && isPadding(units, i))) {
    throw new Error('cuDNN: a gradient of padding');
  }
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const loss = () => {
    const result = compute(mode, inputs);
    const ofCell = mode === 'lstm' ? dot(result.c, dc.values) : 0;
    return dot(result.output, dOutput.values) + dot(result.h, dh.values) + ofCell;
  };
  const slopes = ({ values }: Values) =>
    values.map((value, i) => {
      values[i] = value + 1e-5;
      const above = loss();
      values[i] = value - 1e-5;
      const below = loss();
      values[i] = value;
      return (above - below) / 2e-5;
    });
  const byX = slopes(x).map((slope, i) => (isPadding(features, i) ? Number.NaN : slope));
  return [
    make(binding, [time, batch, features], byX),
    make(binding, first.shape, slopes(first)),
    mode === 'lstm' ? make(binding, first.shape, slopes(firstCell)) : make(binding, [], [0]),
    make(binding, w.shape, slopes(w)),
  ];
}
