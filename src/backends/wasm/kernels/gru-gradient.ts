// The backward pass of gru.ts: back-propagation through time over the same packed sequences. With dh the gradient of a
// new state, and the gate activations that the forward pass kept:
//   dz = dh (h - c) z (1 - z)      dc = dh (1 - z) (1 - c^2)      dr = d(r) r (1 - r)
//   reset after:  d(r) = dc (h Uh + ch); recurrent gate gradients are dz, dr, dc r
//   reset before: d(r) = (dc Uh^T) h;    recurrent gate gradients are dz, dr, dc
// Only dGates * U^T runs inside the loop over time; dW, dU and dx are large products after it.
import { resetAfterGradient, resetBeforeGradient, resetGradient } from './gru-cell-gradient';
import { addColumnSums, gateStride, packTransposedWeights } from './gates';
import { blockBytes, multiplyPacked, packB, packedSize } from './matrix';
import { gatherRows, packGradients, scatterRows, ThreadPlan, threadPlan, unpackInputs } from './sequence';

/** Depth of the pieces in which dW and dU are summed over the tokens. */
const pieceTokens: i32 = 256;

/** Bytes of scratch memory that a thread needs which owns up to `rows` rows. */
export function gruGradientScratchBytes(features: i32, units: i32, rows: i32): i32 {
  const stride = gateStride(units);
  return (
    <i32>blockBytes +
    4 * packedSize(3 * stride, max(features, units)) +
    4 * packedSize(stride, units) +
    4 * packedSize(pieceTokens, 3 * stride) +
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
 * @param recurrentGates packed [tokens, 3 * S], out: gradient of h U
 * @param stateGradients packed [tokens, S], out: what the output adds to each state's gradient
 * @param outputGradient [batch, time, units], or 0
 * @param finalGradient [batch, units], or 0
 * @param xPacked packed [tokens, features], out: gradient of x before it is unpacked
 * @param xGradient [batch, time, features], out; 0 where nobody needs it
 * @param initialGradient [batch, units], out, or 0
 * @param shares `gruShareBytes` for each thread, out
 */
export function gruBackward(
  thread: i32,
  threads: i32,
  plans: usize,
  x: usize,
  kernel: usize,
  recurrentKernel: usize,
  initialState: usize,
  states: usize,
  gates: usize,
  inner: usize,
  inputGates: usize,
  recurrentGates: usize,
  stateGradients: usize,
  outputGradient: usize,
  finalGradient: usize,
  xPacked: usize,
  xGradient: usize,
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
  const packedCandidate = packed + ((<usize>packedSize(3 * stride, max(features, units))) << 2);
  const piece = packedCandidate + ((<usize>packedSize(stride, units)) << 2);
  const carry = piece + ((<usize>packedSize(pieceTokens, 3 * stride)) << 2);
  const initial = carry + ((<usize>(plan.rows * stride)) << 2);
  const resetGradients = initial + ((<usize>(plan.rows * stride)) << 2);

  const first = (<usize>(plan.firstToken * stride)) << 2;
  const dInput = inputGates + 3 * first;
  const dRecurrent = recurrentGates + 3 * first;
  const dState = stateGradients + first;
  gatherRows(plan, finalGradient, units, carry, stride);
  gatherRows(plan, initialState, units, initial, stride);
  memory.fill(dState, 0, (<usize>(plan.tokens * stride)) << 2);
  // What the output adds to the initial states waits where the reset gradients go later, then joins `carry` at the end.
  const initialExtra = resetGradients;
  let extra = false;
  if (outputGradient) {
    memory.fill(initialExtra, 0, (<usize>(plan.rows * stride)) << 2);
    packGradients(plan, outputGradient, time, units, stateGradients, initialExtra, stride);
    extra = initialGradient != 0;
  }
  if (extra) scatterRows(plan, initialExtra, stride, initialGradient, units);

  if (resetAfter) packTransposedWeights(recurrentKernel, units, 3, 0, 3, units, packed);
  else {
    packTransposedWeights(recurrentKernel, units, 3, 0, 2, units, packed);
    packTransposedWeights(recurrentKernel, units, 3, 2, 1, units, packedCandidate);
  }

  let token = plan.tokens;
  for (let step = plan.steps - 1; step >= 0; step--) {
    const count = plan.count(step);
    token -= count;
    const from = (<usize>(token * stride)) << 2;
    const gate = gates + 3 * (first + from);
    const kept = inner + first + from;
    const before =
      step > 0 ? states + first + ((<usize>((token - plan.count(step - 1)) * stride)) << 2) : initial;
    for (let row = 0; row < count; row++) {
      const at = (<usize>(row * stride)) << 2;
      const to = from + at;
      if (resetAfter) {
        resetAfterGradient(
          gate + 3 * at,
          kept + at,
          before + at,
          carry + at,
          dState + to,
          dInput + 3 * to,
          dRecurrent + 3 * to,
          stride,
        );
      } else {
        resetBeforeGradient(gate + 3 * at, before + at, carry + at, dState + to, dInput + 3 * to, stride);
      }
    }
    if (resetAfter) {
      multiplyPacked(
        count,
        units,
        3 * stride,
        dRecurrent + 3 * from,
        3 * stride,
        0,
        false,
        packed,
        carry,
        stride,
        true,
        block,
      );
      continue;
    }
    const c = (<usize>(2 * stride)) << 2;
    multiplyPacked(
      count,
      units,
      stride,
      dInput + 3 * from + c,
      3 * stride,
      0,
      false,
      packedCandidate,
      resetGradients,
      stride,
      false,
      block,
    );
    for (let row = 0; row < count; row++) {
      const at = (<usize>(row * stride)) << 2;
      resetGradient(
        gate + 3 * at,
        before + at,
        resetGradients + at,
        carry + at,
        dInput + 3 * (from + at),
        stride,
      );
    }
    multiplyPacked(
      count,
      units,
      2 * stride,
      dInput + 3 * from,
      3 * stride,
      0,
      false,
      packed,
      carry,
      stride,
      true,
      block,
    );
  }
  if (initialGradient) {
    if (extra) {
      gatherRows(plan, initialGradient, units, initialExtra, stride);
      addColumnSums(initialExtra, 1, plan.rows * stride, carry);
    }
    scatterRows(plan, carry, stride, initialGradient, units);
  }

  weightGradients(
    plan,
    x,
    states,
    inner,
    initial,
    dInput,
    resetAfter ? dRecurrent : dInput,
    shares + <usize>(thread * gruShareBytes(features, units)),
    features,
    units,
    resetAfter,
    piece,
    block,
  );
  if (xGradient) {
    packTransposedWeights(kernel, features, 3, 0, 3, units, packed);
    const target = xPacked + ((<usize>(plan.firstToken * features)) << 2);
    multiplyPacked(
      plan.tokens,
      features,
      3 * stride,
      dInput,
      3 * stride,
      0,
      false,
      packed,
      target,
      features,
      false,
      block,
    );
    unpackInputs(plan, target, xGradient, time, features);
  }
}

/** This thread's share of dW = x^T dInput, dU = h^T dRecurrent and the bias gradients, in pieces of tokens. */
function weightGradients(
  plan: ThreadPlan,
  x: usize,
  states: usize,
  inner: usize,
  initial: usize,
  dInput: usize,
  dRecurrent: usize,
  share: usize,
  features: i32,
  units: i32,
  resetAfter: bool,
  piece: usize,
  block: usize,
): void {
  const stride = gateStride(units);
  const columns = 3 * stride;
  const dU = share + ((<usize>(features * columns)) << 2);
  const dBias = dU + ((<usize>(stride * columns)) << 2);
  memory.fill(share, 0, <usize>gruShareBytes(features, units));
  const first = (<usize>(plan.firstToken * stride)) << 2;
  for (let token = 0; token < plan.tokens; token += pieceTokens) {
    const count = min(pieceTokens, plan.tokens - token);
    const gradients = dInput + ((<usize>(token * columns)) << 2);
    packB(gradients, columns, 1, count, columns, piece);
    multiplyPacked(
      features,
      columns,
      count,
      x,
      features,
      plan.positions + ((<usize>token) << 2),
      true,
      piece,
      share,
      columns,
      true,
      block,
    );
    addColumnSums(gradients, count, columns, dBias);
  }
  if (resetAfter) addColumnSums(dRecurrent, plan.tokens, columns, dBias + ((<usize>columns) << 2));

  // dU: the state before a token is an initial one at step 0, else a state whose packed position the plan knows.
  const gates = (resetAfter ? 3 : 2) * stride;
  const states0 = plan.steps > 0 ? plan.count(0) : 0;
  packB(dRecurrent, columns, 1, states0, gates, piece);
  multiplyPacked(units, gates, states0, initial, stride, 0, true, piece, dU, columns, true, block);
  for (let token = states0; token < plan.tokens; token += pieceTokens) {
    const count = min(pieceTokens, plan.tokens - token);
    packB(dRecurrent + ((<usize>(token * columns)) << 2), columns, 1, count, gates, piece);
    const index = plan.previous + ((<usize>token) << 2);
    multiplyPacked(units, gates, count, states, stride, index, true, piece, dU, columns, true, block);
  }
  if (resetAfter) return;
  const candidate = (<usize>gates) << 2;
  const resetStates = inner + ((<usize>(plan.firstToken * stride)) << 2);
  for (let token = 0; token < plan.tokens; token += pieceTokens) {
    const count = min(pieceTokens, plan.tokens - token);
    packB(dInput + ((<usize>(token * columns)) << 2) + candidate, columns, 1, count, stride, piece);
    const reset = resetStates + ((<usize>(token * stride)) << 2);
    multiplyPacked(units, stride, count, reset, stride, 0, true, piece, dU + candidate, columns, true, block);
  }
}
