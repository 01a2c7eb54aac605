import { studentQuantile } from './student-t.js';

/** What repeated measurements of one figure have in common, and how far they are apart. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** Of the sample, divided by count - 1; `null` for one measurement. */
  readonly deviation: number | null;
  readonly least: number;
  readonly greatest: number;
  /** 95 % interval of the mean by Student's t, as if the measurements were independent; `null` for one measurement. */
  readonly interval: readonly [lower: number, upper: number] | null;
}

/**
 * @param values at least one
 * @throws RangeError without a value
 */
export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  if (count === 0) throw new RangeError('there is no measurement');
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  if (count === 1) return { count, mean, deviation: null, least, greatest, interval: null };
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  const half = (studentQuantile(0.975, count - 1) * deviation) / Math.sqrt(count);
  return { count, mean, deviation, least, greatest, interval: [mean - half, mean + half] };
}
