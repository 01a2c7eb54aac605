import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { GruAttributes, GruInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import { type Operations, withOperations } from '../operations.js';
import { cudnnGru, cudnnLengthsOf } from './cudnn-gru.js';
import { gruSizes, joinRows, maskTerm, stepOrder, timeMajorRows } from './gru-inputs.js';
import { type GruWeights, gruWeights, zeros } from './gru-weights.js';

/** What a step leaves for the gradient. */
interface GruStep {
  /** [B, U]: the new state */
  readonly state: number;
  /** [B, 2U]: k and r */
  readonly gates: number;
  /** [B, U] */
  readonly candidate: number;
  /** [B, U], where `resetAfter`: the candidate's recurrent product with its bias */
  readonly inner: number | undefined;
}

interface StepInputs {
  readonly weights: GruWeights;
  /** [B, U] */
  readonly state: number;
  /** [B, 2U] and [B, U]: products of the step's inputs */
  readonly inputGates: number;
  readonly inputCandidate: number;
  readonly one: number;
}

/**
 * The kernel `fusedKernels.gru`: cuDNN's operation on a GPU, where it has this form; else the products of all inputs at
 * once, then a dozen operations a step.
 *
 * @returns [final state [B, U]], then the output [B, T, U] where `returnSequences`, then, where `keepForGradient`, states
 *   [S * B, U], gates [S * B, 2U], and candidates (with inner products where `resetAfter`) [S * B, U] ([2 * S * B, U])
 */
export const gru: KernelFunc = (call): TensorInfo[] => {
  const backend = call.backend as unknown as NativeBackend;
  const inputs = call.inputs as unknown as GruInputs;
  const attributes = call.attrs as unknown as GruAttributes;
  const lengths = cudnnLengthsOf(inputs, attributes, backend);
  return withOperations(backend, (operations) =>
    lengths
      ? cudnnGru(operations, inputs, { attributes, lengths, backend })
      : computeGru(operations, inputs, attributes, backend),
  );
};

function computeGru(
  operations: Operations,
  inputs: GruInputs,
  { resetAfter, goBackwards, returnSequences, keepForGradient }: GruAttributes,
  backend: NativeBackend,
): number[] {
  const { batch, time, units } = gruSizes(inputs);
  const weights = gruWeights(operations, inputs, { resetAfter });
  const { inputGates, inputCandidates } = inputProducts(operations, inputs, weights, backend);
  const [given] = inputs.initialState ? operations.idsOf([inputs.initialState]) : [];
  // Also without a single step there is a state to give.
  let state = given === undefined ? zeros(operations, [batch, units]) : operations.run('Identity', [given]);
  const one = operations.integers(1);
  const steps: GruStep[] = [];
  for (const t of stepOrder(time, { goBackwards })) {
    const inputsOfStep = {
      inputGates: inputGates[t],
      inputCandidate: inputCandidates[t],
      state,
      weights,
      one,
    };
    const step = resetAfter
      ? stepResetAfter(operations, inputsOfStep)
      : stepResetBefore(operations, inputsOfStep);
    steps.push(step);
    state = step.state;
  }
  const join = (parts: readonly number[]) => joinRows(operations, parts);
  const results = [state];
  const states = returnSequences || keepForGradient ? join(steps.map((step) => step.state)) : undefined;
  if (returnSequences) {
    const stepMajor = operations.run('Reshape', [states!, operations.integers([time, batch, units])]);
    results.push(operations.run('Transpose', [stepMajor, operations.integers([1, 0, 2])]));
  }
  if (keepForGradient) {
    const inner = steps.flatMap((step) => (step.inner === undefined ? [] : [step.inner]));
    results.push(
      states!,
      join(steps.map((step) => step.gates)),
      join([...steps.map((step) => step.candidate), ...inner]),
    );
  }
  return results;
}

/** Products of all inputs with the kernel, bias and mask included, by time step. */
function inputProducts(
  operations: Operations,
  inputs: GruInputs,
  weights: GruWeights,
  backend: NativeBackend,
): { inputGates: number[]; inputCandidates: number[] } {
  const { time, units } = gruSizes(inputs);
  let products = operations.run('MatMul', [timeMajorRows(operations, inputs), weights.kernel]);
  if (weights.inputBias !== undefined) products = operations.run('BiasAdd', [products, weights.inputBias]);
  const term = maskTerm(operations, inputs, backend);
  if (term !== undefined) products = operations.run('AddV2', [products, term]);
  const [gates, candidates] = operations.runAll(
    'SplitV',
    [products, operations.integers([2 * units, units]), operations.integers(1)],
    { num_split: 2 },
    2,
  );
  const zero = operations.integers(0);
  const byStep = (rows: number) => operations.runAll('Split', [zero, rows], { num_split: time }, time);
  return { inputGates: byStep(gates), inputCandidates: byStep(candidates) };
}

/** c = tanh(x Wh + bh + r * (h Uh + ch)), as Keras' `reset_after=True`. */
function stepResetAfter(operations: Operations, inputs: StepInputs): GruStep {
  const { weights, state, inputCandidate } = inputs;
  const { gates, k, r } = gatesOf(operations, inputs);
  let inner = operations.run('MatMul', [state, weights.recurrentCandidate]);
  if (weights.candidateBias !== undefined) inner = operations.run('BiasAdd', [inner, weights.candidateBias]);
  const reset = operations.run('Mul', [r, inner]);
  const candidate = operations.run('Tanh', [operations.run('AddV2', [reset, inputCandidate])]);
  return { gates, candidate, inner, state: nextState(operations, { state, k, candidate }) };
}

/** c = tanh(x Wh + bh + (r * h) Uh), TF.js' own form. */
function stepResetBefore(operations: Operations, inputs: StepInputs): GruStep {
  const { weights, state, inputCandidate } = inputs;
  const { gates, k, r } = gatesOf(operations, inputs);
  const reset = operations.run('Mul', [r, state]);
  const product = operations.run('MatMul', [reset, weights.recurrentCandidate]);
  const candidate = operations.run('Tanh', [operations.run('AddV2', [product, inputCandidate])]);
  return { gates, candidate, inner: undefined, state: nextState(operations, { state, k, candidate }) };
}

function gatesOf(
  operations: Operations,
  { weights, state, inputGates, one }: StepInputs,
): { gates: number; k: number; r: number } {
  const product = operations.run('MatMul', [state, weights.recurrentGates]);
  const gates = operations.run('Sigmoid', [operations.run('AddV2', [product, inputGates])]);
  const [k, r] = operations.runAll('Split', [one, gates], { num_split: 2 }, 2);
  return { gates, k, r };
}

/** h + k (c - h) */
function nextState(
  operations: Operations,
  { state, k, candidate }: { state: number; k: number; candidate: number },
): number {
  const change = operations.run('Mul', [k, operations.run('Sub', [candidate, state])]);
  return operations.run('AddV2', [state, change]);
}
