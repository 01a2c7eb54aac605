// The forward pass of a GRU over packed sequences (lecture item 7; Cho et al. 2014; Keras' layers/rnn/gru.py):
//   z = sigmoid(x Wz + h Uz + bz), r = sigmoid(x Wr + h Ur + br)
//   reset before: c = tanh(x Wh + (r * h) Uh + bh)
//   reset after:  c = tanh(x Wh + bh + r * (h Uh + ch)), and z and r have a second bias too
//   h' = z * h + (1 - z) * c
// Gates are ordered z, r, candidate. S: units filled up to a multiple of four.
import { bytes } from './bytes';
import { resetAfterStep, resetBeforeGates, resetBeforeState } from './gru-cell';
import { gateStride, packWeights, widen } from './gates';
import { blockBytes, multiplyPacked, packedSize } from './matrix';
import { gatherRows, scatterRows, ThreadPlan, threadPlan, unpackStates } from './sequence';

/** Bytes of scratch memory a thread needs that owns up to `rows` rows with `inputs` different rows of x. */
export function gruScratchBytes(features: i32, units: i32, rows: i32, inputs: i32): i32 {
  const stride = gateStride(units);
  return (
    <i32>blockBytes +
    4 * packedSize(features, 3 * stride) +
    // U in one piece, or as [z r] and candidate, each filled up to whole panels.
    4 * (packedSize(units, 2 * stride) + packedSize(units, stride)) +
    4 * 6 * stride +
    4 * rows * stride +
    4 * rows * 3 * stride +
    4 * inputs * 3 * stride
  );
}

/**
 * @param x [batch, time, features]
 * @param kernel [features, 3 * units]
 * @param recurrentKernel [units, 3 * units]
 * @param bias [3 * units], or [2, 3 * units] where `resetAfter`; 0 where there is none
 * @param initialState [batch, units], or 0 for zeros
 * @param states packed [tokens, S]: h after each step
 * @param gates packed [tokens, 3 * S]: z, r, c of each step; only scratch memory where no gradient will be asked for
 * @param inner packed [tokens, S]: h Uh + ch where `resetAfter`, r * h else; 0 where no gradient will be asked for
 * @param output [batch, time, units], or 0
 * @param finalState [batch, units]
 * @param table [table rows, 3 * S], in and out: x W by the row's id, where the plan numbers the inputs that way; or 0
 * @param scratch `scratchBytes` (see `gruScratchBytes`) for each thread
 */
export function gruForward(
  thread: i32,
  threads: i32,
  plans: usize,
  x: usize,
  kernel: usize,
  recurrentKernel: usize,
  bias: usize,
  initialState: usize,
  states: usize,
  gates: usize,
  inner: usize,
  output: usize,
  finalState: usize,
  table: usize,
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
  const packedKernel = block + blockBytes;
  const packedRecurrent = packedKernel + bytes(packedSize(features, 3 * stride));
  const candidateRecurrent = packedRecurrent + bytes(packedSize(units, 2 * stride));
  const biases = candidateRecurrent + bytes(packedSize(units, stride));
  const initial = biases + bytes(6 * stride);
  const products = initial + bytes(plan.rows * stride);

  widen(bias, resetAfter ? 2 : 1, 3, units, biases);
  gatherRows(plan, initialState, units, initial, stride);
  packWeights(kernel, features, 3, 0, 3, units, packedKernel);
  if (resetAfter) packWeights(recurrentKernel, units, 3, 0, 3, units, packedRecurrent);
  else {
    packWeights(recurrentKernel, units, 3, 0, 2, units, packedRecurrent);
    packWeights(recurrentKernel, units, 3, 2, 1, units, candidateRecurrent);
  }

  // x W for every different row of x at once; only h U has to wait for the step before.
  const fresh = products + bytes(plan.rows * 3 * stride);
  const inputs = table ? table : fresh;
  multiplyPacked(plan.inputs, 3 * stride, features, x, features, plan.inputPositions, false, packedKernel, fresh, 3 * stride, false, block);
  if (table) keepProducts(plan, fresh, 3 * stride, table);

  let gate = gates + bytes(plan.firstToken * 3 * stride);
  let state = states + bytes(plan.firstToken * stride);
  let kept = inner ? inner + bytes(plan.firstToken * stride) : 0;
  let previous = initial;
  let token = 0;
  for (let step = 0; step < plan.steps; step++) {
    const count = plan.count(step);
    // A first state of zeros makes products of zeros.
    const zero = step == 0 && !initialState;
    if (zero) memory.fill(products, 0, bytes(count * 3 * stride));
    if (resetAfter) {
      if (!zero) multiplyPacked(count, 3 * stride, units, previous, stride, 0, false, packedRecurrent, products, 3 * stride, false, block);
      for (let row = 0; row < count; row++) {
        const at = bytes(row * stride);
        const input = inputs + bytes(plan.inputNumber(token + row) * 3 * stride);
        resetAfterStep(input, gate + 3 * at, products + 3 * at, biases, previous + at, state + at, kept ? kept + at : 0, stride);
      }
    } else {
      if (!zero) multiplyPacked(count, 2 * stride, units, previous, stride, 0, false, packedRecurrent, products, 2 * stride, false, block);
      // Where nothing is kept for a gradient, r * h goes behind the products.
      const reset = kept ? kept : products + bytes(plan.rows * 2 * stride);
      for (let row = 0; row < count; row++) {
        const at = bytes(row * stride);
        const input = inputs + bytes(plan.inputNumber(token + row) * 3 * stride);
        resetBeforeGates(input, gate + 3 * at, products + 2 * at, biases, previous + at, reset + at, stride);
      }
      if (!zero) multiplyPacked(count, stride, units, reset, stride, 0, false, candidateRecurrent, products, stride, false, block);
      for (let row = 0; row < count; row++) {
        const at = bytes(row * stride);
        const input = inputs + bytes(plan.inputNumber(token + row) * 3 * stride);
        resetBeforeState(input, gate + 3 * at, products + at, biases, previous + at, state + at, stride);
      }
    }
    // The final states of rows that end here are written below, from `initial`, which is then no longer needed.
    keepLast(plan, step, count, state, initial, stride);
    previous = state;
    token += count;
    const size = bytes(count * stride);
    state += size;
    gate += 3 * size;
    if (kept) kept += size;
  }
  scatterRows(plan, initial, stride, finalState, units);
  if (output) {
    gatherRows(plan, initialState, units, initial, stride);
    unpackStates(plan, states, initial, stride, output, time, units);
  }
}

/** Copies new products to their rows of the table. Two threads may write the same row: they write the same numbers. */
function keepProducts(plan: ThreadPlan, fresh: usize, columns: i32, table: usize): void {
  for (let i = 0; i < plan.inputs; i++) {
    const row = load<i32>(plan.inputRows + bytes(i));
    memory.copy(table + bytes(row * columns), fresh + bytes(i * columns), bytes(columns));
  }
}

/** Rows that do not run at the next step have reached their final state: it takes the place of their initial one. */
function keepLast(plan: ThreadPlan, step: i32, count: i32, state: usize, last: usize, stride: i32): void {
  const next = step + 1 < plan.steps ? plan.count(step + 1) : 0;
  const from = bytes(next * stride);
  memory.copy(last + from, state + from, bytes((count - next) * stride));
}
