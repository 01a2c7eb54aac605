import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { GruAttributes } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import { type Operations, withOperations } from '../operations.js';
import { cudnnGruGradient, cudnnLengthsOf } from './cudnn-gru.js';
import { type GruFactors, gruFactors } from './gru-factors.js';
import { type GruGradientInputs, gruSizes, joinRows, stepOrder, timeMajorRows } from './gru-inputs.js';
import { type GruWeights, gruWeights, zeros } from './gru-weights.js';

/** What the walk back through time leaves, rows in the order of the steps. */
interface Walk {
  /** [S * B, 3U] gradients by the sums before k, r and the candidate that come from the inputs */
  readonly inputGates: number;
  /** [S * B, 2U], or [S * B, 3U] where `resetAfter`: by the recurrent products */
  readonly recurrentGates: number;
  /** [S * B, U] by the sum before the candidate */
  readonly candidate: number;
  /** [B, U] */
  readonly initialState: number;
}

/**
 * The kernel `fusedKernels.gruGradient`: everything that can be is computed for all steps at once, before and after a walk
 * of five operations a step (nine where the reset gate acts before the product).
 *
 * @returns gradients of x, kernel and recurrentKernel, then of bias and initialState where they were given
 */
export const gruGradient: KernelFunc = (call): TensorInfo[] => {
  const backend = call.backend as unknown as NativeBackend;
  const inputs = call.inputs as unknown as GruGradientInputs;
  const attributes = call.attrs as unknown as GruAttributes;
  const { resetAfter, goBackwards } = attributes;
  const lengths = cudnnLengthsOf(inputs, attributes, backend);
  return withOperations(backend, (operations) => {
    if (lengths) return cudnnGruGradient(operations, inputs, { lengths, backend });
    const weights = gruWeights(operations, inputs, { resetAfter });
    const factors = gruFactors(operations, inputs, { resetAfter });
    const walk = walkBack(operations, { inputs, weights, factors, resetAfter });
    return parameterGradients(operations, { inputs, weights, factors, walk, resetAfter, goBackwards });
  });
};

function walkBack(
  operations: Operations,
  options: { inputs: GruGradientInputs; weights: GruWeights; factors: GruFactors; resetAfter: boolean },
): Walk {
  const { inputs, weights, factors, resetAfter } = options;
  const { batch, time, units } = gruSizes(inputs);
  const outputs = outputGradients(operations, inputs);
  const [given] = inputs.finalGradient ? operations.idsOf([inputs.finalGradient]) : [];
  let gradient = given ?? zeros(operations, [batch, units]);
  const one = operations.integers(1);
  const transposed = { transpose_a: false, transpose_b: true };
  const recurrent = new Array<number>(time);
  const candidates = new Array<number>(time);
  const gradients = new Array<number>(time);
  for (let step = time - 1; step >= 0; step--) {
    if (outputs) gradient = operations.run('AddV2', [gradient, outputs[step]]);
    gradients[step] = gradient;
    const kept = operations.run('Mul', [gradient, factors.kept[step]]);
    if (resetAfter) {
      const copies = operations.run('ConcatV2', [gradient, gradient, gradient, one], { N: 3 });
      recurrent[step] = operations.run('Mul', [copies, factors.recurrent![step]]);
      const product = operations.run('MatMul', [recurrent[step], weights.recurrent], transposed);
      gradient = operations.run('AddV2', [kept, product]);
      continue;
    }
    candidates[step] = operations.run('Mul', [gradient, factors.candidate![step]]);
    const reset = operations.run('MatMul', [candidates[step], weights.recurrentCandidate], transposed);
    const k = operations.run('Mul', [gradient, factors.update![step]]);
    const r = operations.run('Mul', [reset, factors.reset![step]]);
    recurrent[step] = operations.run('ConcatV2', [k, r, one], { N: 2 });
    const product = operations.run('MatMul', [recurrent[step], weights.recurrentGates], transposed);
    const through = operations.run('Mul', [reset, factors.through![step]]);
    gradient = operations.run('AddN', [kept, product, through], { N: 3 });
  }
  const recurrentGates = joinRows(operations, recurrent);
  const candidate = resetAfter
    ? operations.run('Mul', [joinRows(operations, gradients), factors.allCandidate])
    : joinRows(operations, candidates);
  const gates = resetAfter
    ? operations.runAll(
        'SplitV',
        [recurrentGates, operations.integers([2 * units, units]), one],
        { num_split: 2 },
        2,
      )[0]
    : recurrentGates;
  const inputGates = operations.run('ConcatV2', [gates, candidate, one], { N: 2 });
  return { inputGates, recurrentGates, candidate, initialState: operations.run('Identity', [gradient]) };
}

/** Gradients of the output [B, U] by step; undefined where only the final state has one. */
function outputGradients(operations: Operations, inputs: GruGradientInputs): number[] | undefined {
  if (!inputs.outputGradient) return undefined;
  const { time } = gruSizes(inputs);
  const [gradient] = operations.idsOf([inputs.outputGradient]);
  const stepMajor = operations.run('Transpose', [gradient, operations.integers([1, 0, 2])]);
  return operations.runAll('Unpack', [stepMajor], { num: time, axis: 0 }, time);
}

function parameterGradients(
  operations: Operations,
  options: {
    inputs: GruGradientInputs;
    weights: GruWeights;
    factors: GruFactors;
    walk: Walk;
    resetAfter: boolean;
    goBackwards: boolean;
  },
): number[] {
  const { inputs, weights, factors, walk, resetAfter, goBackwards } = options;
  const { batch, time, features } = gruSizes(inputs);
  const signed = (id: number) => operations.run('Mul', [id, weights.signs]);
  const sumOver = (rows: number, gradient: number) =>
    operations.run('MatMul', [rows, gradient], { transpose_a: true, transpose_b: false });
  const inputGates = inTimeOrder(operations, walk.inputGates, { batch, time, goBackwards });
  const x = operations.run('MatMul', [inputGates, weights.kernel], { transpose_a: false, transpose_b: true });
  const timeMajor = operations.run('Reshape', [x, operations.integers([time, batch, features])]);
  const kernel = sumOver(timeMajorRows(operations, inputs), inputGates);
  const one = operations.integers(1);
  const recurrent = resetAfter
    ? sumOver(factors.before, walk.recurrentGates)
    : operations.run(
        'ConcatV2',
        [sumOver(factors.before, walk.recurrentGates), sumOver(factors.resetState!, walk.candidate), one],
        { N: 2 },
      );
  const results = [
    operations.run('Transpose', [timeMajor, operations.integers([1, 0, 2])]),
    signed(kernel),
    signed(recurrent),
  ];
  if (inputs.bias) {
    const inputBias = operations.run('BiasAddGrad', [walk.inputGates]);
    const rows = resetAfter
      ? operations.run('Pack', [inputBias, operations.run('BiasAddGrad', [walk.recurrentGates])], {
          N: 2,
          axis: 0,
        })
      : inputBias;
    results.push(signed(rows));
  }
  if (inputs.initialState) results.push(walk.initialState);
  return results;
}

/** Rows [S * B, C] in the order of time, where the steps went backwards. */
function inTimeOrder(
  operations: Operations,
  rows: number,
  { batch, time, goBackwards }: { batch: number; time: number; goBackwards: boolean },
): number {
  if (!goBackwards) return rows;
  const order = stepOrder(time, { goBackwards });
  const indices = order.flatMap((step) => Array.from({ length: batch }, (_, row) => step * batch + row));
  return operations.run('GatherV2', [rows, operations.integers(indices), operations.integers(0)]);
}
