import { averagePrecisionOf } from './average-precision.js';
import { labelColumn } from './label-column.js';
import { matrixRows } from './matrix-rows.js';

/** The two areas under the curves of all thresholds. */
export interface ThresholdAreas {
  /** `null` where all rows have the label, or none. */
  readonly rocAuc: number | null;
  /** 0 where no row has the label. */
  readonly averagePrecision: number;
}

/**
 * What `rocAuc` and `averagePrecision` give, both at once and in O(rows log rows having the label): only the scores of these
 * rows are sorted, and each other row finds its place among them.
 *
 * @param targets `[rows]`; 1 has the label, anything else does not
 * @param scores score of each row, `[rows]`, higher meaning more likely
 * @throws RangeError when the arrays differ in length, or a score is not a number
 */
export function thresholdAreas(targets: ArrayLike<number>, scores: ArrayLike<number>): ThresholdAreas {
  if (targets.length !== scores.length) {
    throw new RangeError(`${targets.length} labels, but ${scores.length} scores`);
  }
  const { values, having } = distinctScores(targets, scores);
  const { below, equal } = placesOfOthers(targets, scores, values);
  const count = values.length;
  const hits = new Uint32Array(count);
  const predicted = new Uint32Array(count);
  const others = below.reduce((sum, each) => sum + each, 0) + equal.reduce((sum, each) => sum + each, 0);
  let [pairs, hitsAbove, othersAbove] = [0, 0, below[count]];
  // From the highest score on, as average precision adds up.
  for (let index = 0; index < count; index += 1) {
    const place = count - 1 - index;
    hitsAbove += having[place];
    othersAbove += equal[place];
    pairs += having[place] * (others - othersAbove + equal[place] / 2);
    hits[index] = hitsAbove;
    predicted[index] = hitsAbove + othersAbove;
    othersAbove += below[place];
  }
  return {
    rocAuc: hitsAbove === 0 || others === 0 ? null : pairs / (hitsAbove * others),
    averagePrecision: averagePrecisionOf({ hits, predicted }),
  };
}

/** The different scores of the rows that have the label, rising, and how many rows have each. */
function distinctScores(targets: ArrayLike<number>, scores: ArrayLike<number>) {
  let support = 0;
  for (let row = 0; row < targets.length; row += 1) {
    if (Number.isNaN(scores[row])) throw new RangeError(`row ${row}: the score is not a number`);
    if (targets[row] === 1) support += 1;
  }
  const values = new Float64Array(support);
  for (let row = 0, next = 0; row < targets.length; row += 1) {
    if (targets[row] === 1) values[next++] = scores[row];
  }
  values.sort();
  const having = new Uint32Array(support);
  let count = 0;
  for (let place = 0; place < support; place += 1) {
    if (count === 0 || values[place] !== values[count - 1]) values[count++] = values[place];
    having[count - 1] += 1;
  }
  return { values: values.subarray(0, count), having: having.subarray(0, count) };
}

/**
 * Of the rows that lack the label: how many score the same as each of the values, and how many less than it but more than
 * the value before; the last one of `below` counts those above all values.
 */
function placesOfOthers(targets: ArrayLike<number>, scores: ArrayLike<number>, values: Float64Array) {
  const below = new Uint32Array(values.length + 1);
  const equal = new Uint32Array(values.length);
  for (let row = 0; row < targets.length; row += 1) {
    if (targets[row] === 1) continue;
    const score = scores[row];
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] < score) low = middle + 1;
      else high = middle;
    }
    if (values[low] === score) equal[low] += 1;
    else below[low] += 1;
  }
  return { below, equal };
}

/**
 * Both areas of each label against the rest.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`
 * @returns `[labels]`
 * @throws RangeError when the two differ in length or do not make whole rows, or a score is not a number
 */
export function labelAreas(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): ThresholdAreas[] {
  matrixRows(targets, scores, options);
  return Array.from({ length: options.labelCount }, (_, label) =>
    thresholdAreas(labelColumn(targets, label, options), labelColumn(scores, label, options)),
  );
}

/** Plain means over the labels; that of the ROC AUC is `null` where one label's is. */
export function meanAreas(areas: readonly ThresholdAreas[]): ThresholdAreas {
  let [rocAuc, averagePrecision]: [number | null, number] = [0, 0];
  for (const label of areas) {
    rocAuc = rocAuc === null || label.rocAuc === null ? null : rocAuc + label.rocAuc;
    averagePrecision += label.averagePrecision;
  }
  return {
    rocAuc: rocAuc === null ? null : rocAuc / areas.length,
    averagePrecision: averagePrecision / areas.length,
  };
}
