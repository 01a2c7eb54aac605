import { concat, customGrad, engine, gather, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';
import { type FusedCell, fusedKernels, type RecurrentAttributes } from '../backends/fused-kernels.js';
import { runKernel } from './fused-kernel.js';

export interface FusedRecurrentOptions {
  cell: FusedCell;
  /** [batch, time, features] */
  x: Tensor;
  /** [features, gates * units], gates in Keras' order */
  kernel: Tensor;
  /** [units, gates * units] */
  recurrentKernel: Tensor;
  /** [gates * units], or [2, 3 * units] for `gruResetAfter` */
  bias?: Tensor;
  /** None for zeros, else [batch, units] each: the state, and an LSTM's cell state. */
  initialStates: readonly Tensor[];
  /** [batch, time]; a step where it is 0 keeps the state and repeats the output */
  mask?: Tensor;
  /** [batch, units]: what the state is multiplied by where it enters the recurrent products, at every step */
  recurrentMask?: Tensor;
  /** Of the state, and of an LSTM's cell state. */
  zoneout?: Zoneout;
  cellZoneout?: Zoneout;
  goBackwards: boolean;
  returnSequences: boolean;
  returnState: boolean;
}

/** The share of its former value that a unit keeps at a step. */
export interface Zoneout {
  rate: number;
  /** [batch, time, units]: shares that stand for the rate. */
  mask?: Tensor;
}

/**
 * A recurrent layer over whole sequences as one differentiable operation of a backend that has `fusedKernels.recurrent`, or with
 * zoneout `fusedKernels.zoneoutRecurrent`.
 * Not differentiable by the masks.
 *
 * @returns the final state [batch, units], or the states at every step [batch, time, units] where `returnSequences`; where
 *   `returnState` then the final state, and an LSTM's final cell state [batch, units]
 */
export function fusedRecurrent(options: FusedRecurrentOptions): Tensor[] {
  const { x, recurrentKernel, returnSequences, returnState } = options;
  const [batch, time] = x.shape;
  const [units] = recurrentKernel.shape;
  const shape = returnSequences ? [batch, time, units] : [batch, units];
  const wantsCell = returnState && options.cell === 'lstm';
  const result = operate(options, { wantsCell });
  if (!returnState) return [result];
  const size = shape.reduce((product, length) => product * length, 1);
  const output = wantsCell ? reshape(slice(result, 0, size), shape) : result;
  // The last output repeats the final state, masked steps or not; taken from there, it has its gradient too.
  const state = returnSequences ? gather(output, time - 1, 1) : output;
  return wantsCell ? [output, state, reshape(slice(result, size), [batch, units])] : [output, state];
}

/**
 * The output; with `wantsCell` in one row with the final cell state behind it, since TF.js' operations with a gradient of
 * their own have a single result.
 */
function operate(options: FusedRecurrentOptions, { wantsCell }: { wantsCell: boolean }): Tensor {
  const { cell, x, kernel, recurrentKernel, bias, mask, recurrentMask, returnSequences } = options;
  const { zoneout, cellZoneout } = options;
  const [initialState, initialCell] = options.initialStates;
  const differentiable = { x, kernel, recurrentKernel, bias, initialState, initialCell };
  const zones = { zoneout: zoneout?.mask, cellZoneout: cellZoneout?.mask };
  const inputs = given({ ...differentiable, mask, recurrentMask, ...zones });
  const kernels = zoneout || cellZoneout ? zoneoutKernels : plainKernels;
  const attributes: RecurrentAttributes = {
    cell,
    goBackwards: options.goBackwards,
    returnSequences,
    // Outside of gradient computations the kernel saves itself the writing and the memory.
    keepForGradient: engine().state.gradientDepth > 0,
    zoneout: rateOf(zoneout),
    cellZoneout: rateOf(cellZoneout),
  };
  const parameters = Object.values(given(differentiable));

  const operation = customGrad((...args) => {
    const save = args[parameters.length] as unknown as (tensors: Tensor[]) => void;
    const results = runKernel(kernels.forward, inputs, attributes);
    const final = results.shift()!;
    const finalCell = cell === 'lstm' ? results.shift() : undefined;
    const output = returnSequences ? results.shift()! : final;
    if (output !== final) final.dispose();
    const value = wantsCell && finalCell ? concat([reshape(output, [-1]), reshape(finalCell, [-1])]) : output;
    if (value !== output) output.dispose();
    finalCell?.dispose();
    const names = Object.keys(inputs);
    save([...Object.values(inputs), ...results]);
    const gradFunc = (gradient: Tensor, saved: Tensor[]): Tensor[] => {
      const savedInputs = Object.fromEntries(names.map((name, i) => [name, saved[i]]));
      const [states, gates, kept] = saved.slice(names.length);
      const [ofOutput, finalCellGradient] = wantsCell ? split(gradient, output.shape) : [gradient];
      const ofResult = { [returnSequences ? 'outputGradient' : 'finalGradient']: ofOutput };
      const kernelInputs = { ...savedInputs, states, gates, kept, ...ofResult, finalCellGradient };
      return runKernel(kernels.gradient, kernelInputs, attributes);
    };
    return { value, gradFunc };
  });
  return operation(...parameters);
}

const plainKernels = { forward: fusedKernels.recurrent, gradient: fusedKernels.recurrentGradient };
const zoneoutKernels = {
  forward: fusedKernels.zoneoutRecurrent,
  gradient: fusedKernels.zoneoutRecurrentGradient,
};

/** Where there is no mask. */
const rateOf = (zoneout: Zoneout | undefined) => (zoneout && !zoneout.mask ? zoneout.rate : 0);

/** The gradients of an output of this shape and of the cell state [batch, units] behind it. */
function split(gradient: Tensor, shape: number[]): Tensor[] {
  const size = shape.reduce((product, length) => product * length, 1);
  const cellShape = [shape[0], shape[shape.length - 1]];
  return [reshape(slice(gradient, 0, size), shape), reshape(slice(gradient, size), cellShape)];
}

function given(tensors: Record<string, Tensor | undefined>): Record<string, Tensor> {
  const entries = Object.entries(tensors).filter(
    (entry): entry is [string, Tensor] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
