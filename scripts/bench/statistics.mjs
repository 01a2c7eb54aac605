// Figures that stand for many measured times.

/**
 * The middle value; the mean of the middle two where their number is even.
 *
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  return percentile(values, 0.5);
}

/**
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The value below which a share of all values lies, between two of them in proportion (NumPy's `percentile`).
 *
 * @param {readonly number[]} values at least one
 * @param {number} share from 0 to 1
 * @returns {number}
 */
export function percentile(values, share) {
  if (values.length === 0) throw new Error('there is no median of no values');
  const sorted = [...values].sort((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * What the rivals' programs report of their steps, too (rivals/rival.py).
 *
 * @typedef {{ median: number, min: number, p90: number, mean: number }} Times milliseconds
 * @param {readonly number[]} times milliseconds of each step
 * @returns {Times}
 */
export function summarize(times) {
  const round = (/** @type {number} */ value) => Number(value.toFixed(3));
  return {
    median: round(median(times)),
    min: round(Math.min(...times)),
    p90: round(percentile(times, 0.9)),
    mean: round(mean(times)),
  };
}
