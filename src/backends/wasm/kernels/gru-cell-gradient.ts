// One step back through one row of a GRU; the formulas stand in recurrent-gradient.ts. S: units filled up to a multiple of eight.
import { bytes } from './bytes';
import { one } from './vector';

/** One row, one step back; `carry` holds what later steps pass on and receives dh z. */
export function resetAfterGradient(
  gate: usize,
  inner: usize,
  previous: usize,
  carry: usize,
  stateGradient: usize,
  inputGate: usize,
  candidateGate: usize,
  stride: i32,
): void {
  const r = bytes(stride);
  const c = r + r;
  for (let at: usize = 0; at < r; at += 16) {
    const z = v128.load(gate + at);
    const reset = v128.load(gate + r + at);
    const candidate = v128.load(gate + c + at);
    const dh = f32x4.add(v128.load(carry + at), v128.load(stateGradient + at));
    const notZ = f32x4.sub(one(), z);
    const dhz = f32x4.mul(dh, z);
    const dz = f32x4.mul(f32x4.mul(dhz, notZ), f32x4.sub(v128.load(previous + at), candidate));
    const dc = f32x4.mul(f32x4.mul(dh, notZ), f32x4.sub(one(), f32x4.mul(candidate, candidate)));
    const dcr = f32x4.mul(dc, reset);
    const dr = f32x4.mul(f32x4.mul(dcr, v128.load(inner + at)), f32x4.sub(one(), reset));
    v128.store(carry + at, dhz);
    v128.store(inputGate + at, dz);
    v128.store(inputGate + r + at, dr);
    v128.store(inputGate + c + at, dc);
    v128.store(candidateGate + at, dcr);
  }
}

/** As above, up to dc; dr has to wait for dc Uh^T. */
export function resetBeforeGradient(
  gate: usize,
  previous: usize,
  carry: usize,
  stateGradient: usize,
  inputGate: usize,
  stride: i32,
): void {
  const c = bytes(2 * stride);
  for (let at: usize = 0; at < bytes(stride); at += 16) {
    const z = v128.load(gate + at);
    const candidate = v128.load(gate + c + at);
    const dh = f32x4.add(v128.load(carry + at), v128.load(stateGradient + at));
    const notZ = f32x4.sub(one(), z);
    const dhz = f32x4.mul(dh, z);
    v128.store(carry + at, dhz);
    v128.store(inputGate + at, f32x4.mul(f32x4.mul(dhz, notZ), f32x4.sub(v128.load(previous + at), candidate)));
    const dc = f32x4.mul(f32x4.mul(dh, notZ), f32x4.sub(one(), f32x4.mul(candidate, candidate)));
    v128.store(inputGate + c + at, dc);
  }
}

/** dr of one row, and what r * h passes on to h; `gradient` is dc Uh^T. */
export function resetGradient(
  gate: usize,
  previous: usize,
  gradient: usize,
  carry: usize,
  inputGate: usize,
  stride: i32,
): void {
  const r = bytes(stride);
  for (let at: usize = 0; at < r; at += 16) {
    const reset = v128.load(gate + r + at);
    const d = f32x4.mul(v128.load(gradient + at), reset);
    v128.store(carry + at, f32x4.add(v128.load(carry + at), d));
    v128.store(inputGate + r + at, f32x4.mul(f32x4.mul(d, v128.load(previous + at)), f32x4.sub(one(), reset)));
  }
}
