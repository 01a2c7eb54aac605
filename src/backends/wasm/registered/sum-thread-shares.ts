import type { KernelRuntime } from '../runtime.js';

/**
 * Adds up what each thread has summed over its rows.
 *
 * @param shares address of [threads, targets, count]
 * @param targets addresses of [count], out
 */
export function sumThreadShares(
  shares: number,
  targets: readonly number[],
  options: { threads: number; count: number; runtime: KernelRuntime },
): void {
  const { threads, count, runtime } = options;
  targets.forEach((target, i) => {
    const sums = runtime.floats(target, count).fill(0);
    for (let thread = 0; thread < threads; thread++) {
      const share = runtime.floats(shares + 4 * count * (thread * targets.length + i), count);
      for (let j = 0; j < count; j++) sums[j] += share[j];
    }
  });
}
