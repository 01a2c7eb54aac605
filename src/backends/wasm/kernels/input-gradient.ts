// dx = dGates W^T, the last part of the backward pass of a recurrent layer.
import { bytes } from './bytes';
import { gateStride, packTransposedWeights } from './gates';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { InputGradientOperands } from './operands';
import { threadPlan, unpackInputs } from './sequence';

/** Bytes of scratch memory that a thread needs. */
export function inputGradientScratchBytes(gates: i32, features: i32, units: i32): i32 {
  return <i32>blockBytes + 4 * packedSize(gates * gateStride(units), features);
}

/**
 * Operands:
 *   kernel [features, gates * units]
 *   gateGradients: packed [tokens, gates * S]: `inputGates` of `recurrentBackward`; or packed [inputs, gates * S], its
 *     `inputSums`
 *   packed: packed [tokens, features], or [inputs, features], out
 *   gradient [batch, time, features], out; 0 with `inputSums`, whose gradients belong to no single position
 */
export function inputGradient(thread: i32, threads: i32, operands: InputGradientOperands): void {
  const gradient = operands.gradient;
  const gates = operands.gates;
  const features = operands.features;
  const units = operands.units;
  const plan = threadPlan(operands.plans, thread);
  const columns = gates * gateStride(units);
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const weights = block + blockBytes;
  const rows = gradient ? plan.tokens : plan.inputs;
  const first = gradient ? plan.firstToken : plan.firstInput;
  packTransposedWeights(operands.kernel, features, gates, 0, gates, units, weights);
  const target = operands.packed + bytes(first * features);
  const source = operands.gateGradients + bytes(first * columns);
  multiplyPacked(rows, features, columns, source, columns, 0, false, weights, target, features, false, block);
  if (gradient) unpackInputs(plan, target, gradient, operands.time, features);
}
