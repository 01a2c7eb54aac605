// dx = dGates W^T, the last part of the backward pass of a recurrent layer.
import { bytes } from './bytes';
import { gateStride, packTransposedWeights } from './gates';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { threadPlan, unpackInputs } from './sequence';

/** Bytes of scratch memory that a thread needs. */
export function inputGradientScratchBytes(gates: i32, features: i32, units: i32): i32 {
  return <i32>blockBytes + 4 * packedSize(gates * gateStride(units), features);
}

/**
 * @param kernel [features, gates * units]
 * @param gateGradients packed [tokens, gates * S]: `inputGates` of `recurrentBackward`; or packed [inputs, gates * S], its
 *   `inputSums`
 * @param packed out: packed [tokens, features], or [inputs, features]
 * @param gradient out: [batch, time, features]; 0 with `inputSums`, whose gradients belong to no single position
 */
export function inputGradient(
  thread: i32,
  threads: i32,
  plans: usize,
  kernel: usize,
  gateGradients: usize,
  packed: usize,
  gradient: usize,
  gates: i32,
  features: i32,
  units: i32,
  time: i32,
  scratch: usize,
  scratchBytes: i32,
): void {
  const plan = threadPlan(plans, thread);
  const columns = gates * gateStride(units);
  const block = scratch + <usize>(thread * scratchBytes);
  const weights = block + blockBytes;
  const rows = gradient ? plan.tokens : plan.inputs;
  const first = gradient ? plan.firstToken : plan.firstInput;
  packTransposedWeights(kernel, features, gates, 0, gates, units, weights);
  const target = packed + bytes(first * features);
  const source = gateGradients + bytes(first * columns);
  multiplyPacked(rows, features, columns, source, columns, 0, false, weights, target, features, false, block);
  if (gradient) unpackInputs(plan, target, gradient, time, features);
}
