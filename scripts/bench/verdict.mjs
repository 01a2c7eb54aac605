// A figure beside its target.

/**
 * @typedef {import('./merge-rounds.mjs').Measured} Measured
 *
 * @typedef {object} Ratio
 * @property {string} name
 * @property {number} [value] missing where it could not be measured
 * @property {[number, number]} [range] smallest and largest of the rounds, each round's ratio taken by itself
 * @property {number} target
 * @property {'at most' | 'at least'} bound
 * @property {'met' | 'not met' | 'not measured'} verdict
 * @property {number} [ours] milliseconds
 * @property {{ name: string, variant: string, ms: number }} [rival] the fastest variant of the faster one
 * @property {string} detail what was compared with what, or what is missing
 */

/**
 * @param {Measured} one
 * @param {Measured} other
 * @returns {{ range?: [number, number] }} of the ratios round by round: what the machine does slowly hits both alike
 */
export function spread(one, other) {
  if (one.rounds.length !== other.rounds.length) return {};
  const each = one.rounds.map((ms, round) => ms / other.rounds[round]);
  return { range: [Math.min(...each), Math.max(...each)] };
}

/**
 * @param {string} name
 * @param {Omit<Ratio, 'name' | 'value' | 'verdict'> & { value: number }} ratio
 * @returns {Ratio}
 */
export function judged(name, ratio) {
  const { value, target, bound } = ratio;
  const isMet = bound === 'at most' ? value <= target : value >= target;
  return { name, ...ratio, verdict: isMet ? 'met' : 'not met' };
}

/**
 * @param {string} name
 * @param {{ target: number, bound: 'at most' | 'at least' }} goal
 * @param {string} detail
 * @returns {Ratio}
 */
export function notMeasured(name, goal, detail) {
  return { name, ...goal, detail, verdict: 'not measured' };
}
