// Recurrent dropout (Gal & Ghahramani 2016): the state is multiplied by one mask per row, the same at all steps, where it
// enters the recurrent product; the state itself stays whole. A thread's rows keep their order, so the mask of the rows
// that still run is always the beginning of the mask.
import { multiplyAdd } from './vector';

/** target = source * mask, `size` bytes of floats, a multiple of 16; target may be source. */
export function maskRows(source: usize, mask: usize, target: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(target + at, f32x4.mul(v128.load(source + at), v128.load(mask + at)));
  }
}

/** target += source * mask */
export function addMaskedRows(source: usize, mask: usize, target: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(target + at, multiplyAdd(v128.load(target + at), v128.load(source + at), v128.load(mask + at)));
  }
}
