// Zoneout (Krueger et al. 2017): behind the step of any cell a unit keeps a share k of its former state, h' = k h + (1 - k) n
// with n what the cell has made of it; and back, dn = (1 - k) dh', dh += k dh'. In training k is 0 or 1, drawn by the layer
// for each unit and step; in prediction it is the rate everywhere. An LSTM's cell state has shares of its own; its output gate
// acts on the cell's new n, not on what is kept of it, so that nothing in lstm-cell.ts needs to know.
import { bytes } from './bytes';
import { ThreadPlan } from './sequence';
import { multiplyAdd, one } from './vector';

/**
 * The shares of the rows that run at a step, [count, stride].
 *
 * @param shares [batch, time, units], or 0: then `target` holds the rate already, see `fillShares`
 * @param token of the thread's, the first one of the step
 */
export function gatherShares(plan: ThreadPlan, shares: usize, token: i32, count: i32, units: i32, stride: i32, target: usize): void {
  if (!shares) return;
  for (let row = 0; row < count; row++) {
    const position = load<i32>(plan.positions + bytes(token + row));
    memory.copy(target + bytes(row * stride), shares + <usize>position * bytes(units), bytes(units));
  }
}

/** target [count] = rate: the shares of every step where none are drawn; with drawn ones 0, which the padding keeps. */
export function fillShares(rate: f32, count: i32, target: usize): void {
  for (let at: usize = 0; at < bytes(count); at += 4) store<f32>(target + at, rate);
}

/** state = k previous + (1 - k) state, `size` bytes of floats, a multiple of 16. */
export function keepShares(previous: usize, shares: usize, state: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    const k = v128.load(shares + at);
    const kept = f32x4.mul(k, v128.load(previous + at));
    v128.store(state + at, multiplyAdd(kept, f32x4.sub(one(), k), v128.load(state + at)));
  }
}

/** kept = k (gradient + more), gradient = (1 - k) (gradient + more); `more` may be 0 for nothing. */
export function splitGradient(shares: usize, more: usize, gradient: usize, kept: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    const k = v128.load(shares + at);
    let whole = v128.load(gradient + at);
    if (more) whole = f32x4.add(whole, v128.load(more + at));
    v128.store(kept + at, f32x4.mul(k, whole));
    v128.store(gradient + at, f32x4.mul(f32x4.sub(one(), k), whole));
  }
}
