// dx = dGates W^T, the last part of the backward pass of a GRU.
import { bytes } from './bytes';
import { gateStride, packTransposedWeights } from './gates';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { threadPlan, unpackInputs } from './sequence';

/** Bytes of scratch memory that a thread needs. */
export function gruInputGradientScratchBytes(features: i32, units: i32): i32 {
  return <i32>blockBytes + 4 * packedSize(3 * gateStride(units), features);
}

/**
 * @param kernel [features, 3 * units]
 * @param gates packed [tokens, 3 * S]: `inputGates` of `gruBackward`; or packed [inputs, 3 * S], its `inputSums`
 * @param packed out: packed [tokens, features], or [inputs, features]
 * @param gradient out: [batch, time, features]; 0 with `inputSums`, whose gradients belong to no single position
 */
export function gruInputGradient(
  thread: i32,
  threads: i32,
  plans: usize,
  kernel: usize,
  gates: usize,
  packed: usize,
  gradient: usize,
  features: i32,
  units: i32,
  time: i32,
  scratch: usize,
  scratchBytes: i32,
): void {
  const plan = threadPlan(plans, thread);
  const columns = 3 * gateStride(units);
  const block = scratch + <usize>(thread * scratchBytes);
  const weights = block + blockBytes;
  const rows = gradient ? plan.tokens : plan.inputs;
  const first = gradient ? plan.firstToken : plan.firstInput;
  packTransposedWeights(kernel, features, 3, 0, 3, units, weights);
  const target = packed + bytes(first * features);
  multiplyPacked(rows, features, columns, gates + bytes(first * columns), columns, 0, false, weights, target, features, false, block);
  if (gradient) unpackInputs(plan, target, gradient, time, features);
}
