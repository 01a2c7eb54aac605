// Packed sequences. A thread owns some rows of the batch, longest first, and walks them step by step; row j of the
// thread at step k has packed position `firstToken + (sum of counts before k) + j`. Masked positions are not there at
// all, so padding costs nothing and a row that has ended drops out. The plan is made by sequence-plan.ts:
// one `ThreadPlan` a thread, then the lists that it points to.

/** What one thread works on. Addresses are absolute. */
// @ts-ignore: decorator
@unmanaged
export class ThreadPlan {
  /** Rows of the batch that this thread owns; the first `counts[k]` of them still run at step k. */
  rows: i32;
  steps: i32;
  tokens: i32;
  /** Packed position of this thread's first token, and packed number of its first row. */
  firstToken: i32;
  firstRow: i32;
  /** [steps] */
  counts: usize;
  /** [tokens]: position row * time + t in the unpacked sequence. */
  positions: usize;
  /** [tokens]: packed position of the token one step before; unused at step 0. */
  previous: usize;
  /** [rows]: row of the batch. */
  rowNumbers: usize;
  /** [batch, time]: packed position of the state that stands at (row, t), or -1 where that is the initial state. */
  sources: usize;

  // @ts-ignore: decorator
  @inline
  count(step: i32): i32 {
    return load<i32>(this.counts + ((<usize>step) << 2));
  }

  // @ts-ignore: decorator
  @inline
  rowNumber(row: i32): i32 {
    return load<i32>(this.rowNumbers + ((<usize>row) << 2));
  }
}

const planBytes: usize = 10 * 4;

export function threadPlan(plan: usize, thread: i32): ThreadPlan {
  return changetype<ThreadPlan>(plan + <usize>thread * planBytes);
}

/** Copies this thread's rows of `source` [batch, units] to [rows, stride], or zeros where there is no source. */
export function gatherRows(plan: ThreadPlan, source: usize, units: i32, target: usize, stride: i32): void {
  memory.fill(target, 0, (<usize>(plan.rows * stride)) << 2);
  if (!source) return;
  for (let row = 0; row < plan.rows; row++) {
    memory.copy(
      target + ((<usize>(row * stride)) << 2),
      source + ((<usize>(plan.rowNumber(row) * units)) << 2),
      (<usize>units) << 2,
    );
  }
}

/** The inverse: this thread's rows [rows, stride] to their places in `target` [batch, units]. */
export function scatterRows(plan: ThreadPlan, source: usize, stride: i32, target: usize, units: i32): void {
  for (let row = 0; row < plan.rows; row++) {
    memory.copy(
      target + ((<usize>(plan.rowNumber(row) * units)) << 2),
      source + ((<usize>(row * stride)) << 2),
      (<usize>units) << 2,
    );
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
  const bytes = (<usize>units) << 2;
  for (let row = 0; row < plan.rows; row++) {
    const first = plan.rowNumber(row) * time;
    for (let position = first; position < first + time; position++) {
      const source = load<i32>(plan.sources + ((<usize>position) << 2));
      const from =
        source < 0 ? initial + ((<usize>(row * stride)) << 2) : states + ((<usize>(source * stride)) << 2);
      memory.copy(output + <usize>position * bytes, from, bytes);
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
      const source = load<i32>(plan.sources + ((<usize>position) << 2));
      const to =
        source < 0 ? initial + ((<usize>(row * stride)) << 2) : states + ((<usize>(source * stride)) << 2);
      addRow(to, gradients + ((<usize>(position * units)) << 2), units);
    }
  }
}

/** target [units] += source [units] */
export function addRow(target: usize, source: usize, units: i32): void {
  let at: usize = 0;
  const whole = (<usize>(units & ~3)) << 2;
  for (; at < whole; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)));
  }
  for (; at < (<usize>units) << 2; at += 4) {
    store<f32>(target + at, load<f32>(target + at) + load<f32>(source + at));
  }
}

/** Copies packed rows [tokens, units] to their positions in [batch, time, units], and zeros to masked positions. */
export function unpackInputs(plan: ThreadPlan, packed: usize, target: usize, time: i32, units: i32): void {
  const bytes = (<usize>units) << 2;
  for (let row = 0; row < plan.rows; row++) {
    memory.fill(target + <usize>(plan.rowNumber(row) * time) * bytes, 0, <usize>time * bytes);
  }
  for (let token = 0; token < plan.tokens; token++) {
    const position = load<i32>(plan.positions + ((<usize>token) << 2));
    memory.copy(target + <usize>position * bytes, packed + <usize>token * bytes, bytes);
  }
}
