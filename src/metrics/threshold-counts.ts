/** What a label's threshold would find, for each that makes a difference: one for each distinct score. */
export interface ThresholdCounts {
  /** The distinct scores, from the highest to the lowest, `[thresholds]`. */
  readonly thresholds: Float64Array;
  /** Rows that score at least that much and have the label, `[thresholds]`. */
  readonly hits: Uint32Array;
  /** Rows that score at least that much, `[thresholds]`. */
  readonly predicted: Uint32Array;
}

/**
 * Counts at every threshold, in O(rows log rows). Rows of equal score fall under it together.
 *
 * @param targets `[rows]`; 1 has the label, anything else does not
 * @param scores score of each row, `[rows]`, higher meaning more likely
 * @throws RangeError when the arrays differ in length, or a score is not a number
 */
export function thresholdCounts(targets: ArrayLike<number>, scores: ArrayLike<number>): ThresholdCounts {
  const { having, lacking } = sortedScores(targets, scores);
  const thresholds = new Float64Array(scores.length);
  const hits = new Uint32Array(scores.length);
  const predicted = new Uint32Array(scores.length);
  let count = 0;
  let [left, right] = [having.length - 1, lacking.length - 1];
  while (left >= 0 || right >= 0) {
    const score = right < 0 || (left >= 0 && having[left] > lacking[right]) ? having[left] : lacking[right];
    while (left >= 0 && having[left] === score) left -= 1;
    while (right >= 0 && lacking[right] === score) right -= 1;
    thresholds[count] = score;
    hits[count] = having.length - 1 - left;
    predicted[count] = hits[count] + lacking.length - 1 - right;
    count += 1;
  }
  return {
    thresholds: thresholds.subarray(0, count),
    hits: hits.subarray(0, count),
    predicted: predicted.subarray(0, count),
  };
}

/** Numbers sort several times as fast without a function that compares them, so both kinds of rows are sorted apart. */
function sortedScores(targets: ArrayLike<number>, scores: ArrayLike<number>) {
  if (targets.length !== scores.length) {
    throw new RangeError(`${targets.length} labels, but ${scores.length} scores`);
  }
  let support = 0;
  for (let row = 0; row < targets.length; row += 1) if (targets[row] === 1) support += 1;
  const having = new Float64Array(support);
  const lacking = new Float64Array(targets.length - support);
  let [nextHaving, nextLacking] = [0, 0];
  for (let row = 0; row < targets.length; row += 1) {
    if (Number.isNaN(scores[row])) throw new RangeError(`row ${row}: the score is not a number`);
    if (targets[row] === 1) having[nextHaving++] = scores[row];
    else lacking[nextLacking++] = scores[row];
  }
  return { having: having.sort(), lacking: lacking.sort() };
}
