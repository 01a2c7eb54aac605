// The backward pass of gru.ts: back-propagation through time over the same packed sequences. With dh the gradient of a
// new state, and the gate activations that the forward pass kept:
//   dz = dh (h - c) z (1 - z)      dc = dh (1 - z) (1 - c^2)      dr = d(r) r (1 - r)
//   reset after:  d(r) = dc (h Uh + ch); recurrent gate gradients are dz, dr, dc r
//   reset before: d(r) = (dc Uh^T) h;    recurrent gate gradients are dz, dr, dc
// Only dGates * U^T runs inside the loop over time; dW, dU and dx are large products after it.
import { bytes } from './bytes';
import { resetAfterGradient, resetBeforeGradient, resetGradient } from './gru-cell-gradient';
import { addColumnSums, gateStride, packTransposedWeights } from './gates';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { addProducts, productPieceFloats } from './products';
import { addRow, gatherRows, packGradients, scatterRows, ThreadPlan, threadPlan } from './sequence';

/** Bytes of scratch memory that a thread needs which owns up to `rows` rows. */
export function gruGradientScratchBytes(units: i32, rows: i32): i32 {
  const stride = gateStride(units);
  return (
    <i32>blockBytes +
    4 * packedSize(2 * stride, units) +
    4 * packedSize(stride, units) +
    4 * productPieceFloats(3 * stride) +
    4 * rows * stride * 3
  );
}

/** Bytes of one thread's share of the weight gradients: dW [features, 3S], dU [S, 3S], two bias rows [2, 3S]. */
export function gruShareBytes(features: i32, units: i32): i32 {
  const stride = gateStride(units);
  return 4 * (features + stride + 2) * 3 * stride;
}

/**
 * Arguments as in `gruForward`, and:
 * @param inputGates packed [tokens, 3 * S], out: gradient of x W
 * @param candidateGates packed [tokens, S], out where `resetAfter`: gradient of h Uh; that of h Uz and h Ur is `inputGates`'
 * @param stateGradients packed [tokens, S], out: what the output adds to each state's gradient
 * @param outputGradient [batch, time, units], or 0
 * @param finalGradient [batch, units], or 0
 * @param inputSums packed [inputs, 3 * S], out: `inputGates` summed over the tokens with the same row of x; 0 where every
 *   token has its own
 * @param initialGradient [batch, units], out, or 0
 * @param shares `gruShareBytes` for each thread, out
 */
export function gruBackward(
  thread: i32,
  threads: i32,
  plans: usize,
  x: usize,
  recurrentKernel: usize,
  initialState: usize,
  states: usize,
  gates: usize,
  inner: usize,
  inputGates: usize,
  candidateGates: usize,
  stateGradients: usize,
  outputGradient: usize,
  finalGradient: usize,
  inputSums: usize,
  initialGradient: usize,
  shares: usize,
  features: i32,
  units: i32,
  time: i32,
  resetAfter: bool,
  scratch: usize,
  scratchBytes: i32,
): void {
  const plan = threadPlan(plans, thread);
  const stride = gateStride(units);
  const block = scratch + <usize>(thread * scratchBytes);
  const packed = block + blockBytes;
  const packedCandidate = packed + bytes(packedSize(2 * stride, units));
  const piece = packedCandidate + bytes(packedSize(stride, units));
  const carry = piece + bytes(productPieceFloats(3 * stride));
  const initial = carry + bytes(plan.rows * stride);
  const resetGradients = initial + bytes(plan.rows * stride);

  const first = bytes(plan.firstToken * stride);
  const dInput = inputGates + 3 * first;
  const dCandidate = candidateGates + first;
  const dState = stateGradients + first;
  gatherRows(plan, finalGradient, units, carry, stride);
  gatherRows(plan, initialState, units, initial, stride);
  memory.fill(dState, 0, bytes(plan.tokens * stride));
  // What the output adds to the initial states waits where the reset gradients go later, then joins `carry` at the end.
  const initialExtra = resetGradients;
  let extra = false;
  // Cleared in any case: the reset gradients' padding, which no product writes, must not be somebody's old NaN.
  memory.fill(initialExtra, 0, bytes(plan.rows * stride));
  if (outputGradient) {
    packGradients(plan, outputGradient, time, units, stateGradients, initialExtra, stride);
    extra = initialGradient != 0;
  }
  if (extra) scatterRows(plan, initialExtra, stride, initialGradient, units);

  packTransposedWeights(recurrentKernel, units, 3, 0, 2, units, packed);
  packTransposedWeights(recurrentKernel, units, 3, 2, 1, units, packedCandidate);

  let token = plan.tokens;
  for (let step = plan.steps - 1; step >= 0; step--) {
    const count = plan.count(step);
    token -= count;
    const from = bytes(token * stride);
    const gate = gates + 3 * (first + from);
    const kept = inner + first + from;
    const before =
      step > 0 ? states + first + bytes((token - plan.count(step - 1)) * stride) : initial;
    for (let row = 0; row < count; row++) {
      const at = bytes(row * stride);
      const to = from + at;
      if (resetAfter) {
        resetAfterGradient(gate + 3 * at, kept + at, before + at, carry + at, dState + to, dInput + 3 * to, dCandidate + to, stride);
      } else {
        resetBeforeGradient(gate + 3 * at, before + at, carry + at, dState + to, dInput + 3 * to, stride);
      }
    }
    // What step 0 passes on is the gradient of the initial state, which may be wanted by nobody.
    const last = step == 0 && !initialGradient;
    if (resetAfter) {
      if (!last) multiplyPacked(count, units, stride, dCandidate + from, stride, 0, false, packedCandidate, carry, stride, true, block);
    } else {
      const candidate = dInput + 3 * from + bytes(2 * stride);
      multiplyPacked(count, units, stride, candidate, 3 * stride, 0, false, packedCandidate, resetGradients, stride, false, block);
      for (let row = 0; row < count; row++) {
        const at = bytes(row * stride);
        resetGradient(gate + 3 * at, before + at, resetGradients + at, carry + at, dInput + 3 * (from + at), stride);
      }
    }
    if (!last) multiplyPacked(count, units, 2 * stride, dInput + 3 * from, 3 * stride, 0, false, packed, carry, stride, true, block);
  }
  if (initialGradient) {
    if (extra) {
      gatherRows(plan, initialGradient, units, initialExtra, stride);
      addColumnSums(initialExtra, 1, plan.rows * stride, carry);
    }
    scatterRows(plan, carry, stride, initialGradient, units);
  }

  weightGradients(plan, x, states, inner, initial, initialState != 0, dInput, dCandidate, inputSums ? inputSums + bytes(plan.firstInput * 3 * stride) : 0, shares + <usize>(thread * gruShareBytes(features, units)), features, units, resetAfter, piece, block);
}

/** This thread's share of dW = x^T dInput, dU = h^T dRecurrent and the bias gradients. */
function weightGradients(
  plan: ThreadPlan,
  x: usize,
  states: usize,
  inner: usize,
  initial: usize,
  hasInitial: bool,
  dInput: usize,
  dCandidate: usize,
  inputSums: usize,
  share: usize,
  features: i32,
  units: i32,
  resetAfter: bool,
  piece: usize,
  block: usize,
): void {
  const stride = gateStride(units);
  const columns = 3 * stride;
  const dU = share + bytes(features * columns);
  const dBias = dU + bytes(stride * columns);
  memory.fill(share, 0, <usize>gruShareBytes(features, units));

  const sums = inputSums ? inputSums : dInput;
  if (inputSums) {
    memory.fill(sums, 0, bytes(plan.inputs * columns));
    for (let token = 0; token < plan.tokens; token++) {
      addRow(sums + bytes(plan.inputNumber(token) * columns), dInput + bytes(token * columns), columns);
    }
  }
  addProducts(plan.inputs, features, x, features, plan.inputPositions, columns, sums, columns, 0, 0, 0, share, columns, piece, block);
  addColumnSums(sums, plan.inputs, columns, dBias);

  // dU: the state before a token is an initial one at step 0, else a state whose packed position the plan knows.
  const first = plan.steps > 0 ? plan.count(0) : 0;
  const later = plan.tokens - first;
  const dLater = dInput + bytes(first * columns);
  const index = plan.previous + bytes(first);
  const gates = 2 * stride;
  if (resetAfter) {
    const candidates = dCandidate + bytes(first * stride);
    if (hasInitial) addProducts(first, units, initial, stride, 0, gates, dInput, columns, stride, dCandidate, stride, dU, columns, piece, block);
    addProducts(later, units, states, stride, index, gates, dLater, columns, stride, candidates, stride, dU, columns, piece, block);
    // The second bias differs from the first one in the candidate alone.
    memory.copy(dBias + bytes(columns), dBias, bytes(gates));
    addColumnSums(dCandidate, plan.tokens, stride, dBias + bytes(columns + gates));
    return;
  }
  if (hasInitial) addProducts(first, units, initial, stride, 0, gates, dInput, columns, 0, 0, 0, dU, columns, piece, block);
  addProducts(later, units, states, stride, index, gates, dLater, columns, 0, 0, 0, dU, columns, piece, block);
  const resetStates = inner + bytes(plan.firstToken * stride);
  addProducts(plan.tokens, units, resetStates, stride, 0, stride, dInput + bytes(gates), columns, 0, 0, 0, dU + bytes(gates), columns, piece, block);
}
