// Packed sequences. A thread owns some rows of the batch, longest first, and walks them step by step; row j of the
// thread at step k has packed position `firstToken + (sum of counts before k) + j`. Masked positions are not there at
// all, so padding costs nothing and a row that has ended drops out. The plan is made by sequence-plan.ts:
// one `ThreadPlan` a thread, then the lists that it points to.
import { bytes } from './bytes';

/** What one thread works on. Lists are absolute addresses. */
// @ts-ignore: decorator
@unmanaged
export class ThreadPlan {
  /** Rows of the batch that this thread owns; the first `counts[k]` of them still run at step k. */
  rows: i32;
  steps: i32;
  tokens: i32;
  /** Packed position of this thread's first token. */
  firstToken: i32;
  /** Rows of x that this thread multiplies: a word that comes twice is multiplied once. */
  inputs: i32;
  /** How many of them the threads before this one have. */
  firstInput: i32;
  /** [steps] */
  counts: usize;
  /** [tokens]: position row * time + t in the unpacked sequence. */
  positions: usize;
  /** [tokens]: packed position of the token one step before; unused at step 0. */
  previous: usize;
  /** [inputs]: position of each row of x that this thread multiplies, and the row that its product gets. */
  inputPositions: usize;
  inputRows: usize;
  /** [tokens]: row of the product of each token's row of x. */
  inputNumbers: usize;
  /** [rows]: row of the batch. */
  rowNumbers: usize;
  /** [batch, time]: packed position of the state that stands at (row, t), or -1 where that is the initial state. */
  sources: usize;

  // @ts-ignore: decorator
  @inline
  count(step: i32): i32 {
    return load<i32>(this.counts + bytes(step));
  }

  // @ts-ignore: decorator
  @inline
  inputNumber(token: i32): i32 {
    return load<i32>(this.inputNumbers + bytes(token));
  }

  // @ts-ignore: decorator
  @inline
  rowNumber(row: i32): i32 {
    return load<i32>(this.rowNumbers + bytes(row));
  }
}

const planBytes: usize = 14 * 4;

export function threadPlan(plan: usize, thread: i32): ThreadPlan {
  return changetype<ThreadPlan>(plan + <usize>thread * planBytes);
}

/** Copies this thread's rows of `source` [batch, units] to [rows, stride], or zeros where there is no source. */
export function gatherRows(plan: ThreadPlan, source: usize, units: i32, target: usize, stride: i32): void {
  memory.fill(target, 0, bytes(plan.rows * stride));
  if (!source) return;
  for (let row = 0; row < plan.rows; row++) {
    memory.copy(target + bytes(row * stride), source + bytes(plan.rowNumber(row) * units), bytes(units));
  }
}

/** The inverse: this thread's rows [rows, stride] to their places in `target` [batch, units]. */
export function scatterRows(plan: ThreadPlan, source: usize, stride: i32, target: usize, units: i32): void {
  for (let row = 0; row < plan.rows; row++) {
    memory.copy(target + bytes(plan.rowNumber(row) * units), source + bytes(row * stride), bytes(units));
  }
}

/** Writes output [batch, time, units]: the state at every position; a masked one repeats the state before it. */
export function unpackStates(
  plan: ThreadPlan,
  states: usize,
  initial: usize,
  stride: i32,
  output: usize,
  time: i32,
  units: i32,
): void {
  const size = bytes(units);
  for (let row = 0; row < plan.rows; row++) {
    const first = plan.rowNumber(row) * time;
    for (let position = first; position < first + time; position++) {
      const source = load<i32>(plan.sources + bytes(position));
      const from =
        source < 0 ? initial + bytes(row * stride) : states + bytes(source * stride);
      memory.copy(output + <usize>position * size, from, size);
    }
  }
}

/** The gradient of `unpackStates`: adds [batch, time, units] up at the states that it came from. */
export function packGradients(
  plan: ThreadPlan,
  gradients: usize,
  time: i32,
  units: i32,
  states: usize,
  initial: usize,
  stride: i32,
): void {
  for (let row = 0; row < plan.rows; row++) {
    const first = plan.rowNumber(row) * time;
    for (let position = first; position < first + time; position++) {
      const source = load<i32>(plan.sources + bytes(position));
      const to =
        source < 0 ? initial + bytes(row * stride) : states + bytes(source * stride);
      addRow(to, gradients + bytes(position * units), units);
    }
  }
}

/** target [units] += source [units] */
export function addRow(target: usize, source: usize, units: i32): void {
  let at: usize = 0;
  const whole = bytes(units & ~3);
  for (; at < whole; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)));
  }
  for (; at < bytes(units); at += 4) {
    store<f32>(target + at, load<f32>(target + at) + load<f32>(source + at));
  }
}

/** Copies packed rows [tokens, units] to their positions in [batch, time, units], and zeros to masked positions. */
export function unpackInputs(plan: ThreadPlan, packed: usize, target: usize, time: i32, units: i32): void {
  const size = bytes(units);
  for (let row = 0; row < plan.rows; row++) {
    memory.fill(target + <usize>(plan.rowNumber(row) * time) * size, 0, <usize>time * size);
  }
  for (let token = 0; token < plan.tokens; token++) {
    const position = load<i32>(plan.positions + bytes(token));
    memory.copy(target + <usize>position * size, packed + <usize>token * size, size);
  }
}
