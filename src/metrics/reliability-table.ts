/** The rows whose confidence lies above `from` and up to `to`; the first bin has those of confidence 0, too. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** Rows in the bin. */
  readonly rows: number;
  /** `null` for no rows. */
  readonly meanConfidence: number | null;
  /** Share of the rows that are right; `null` for no rows. */
  readonly accuracy: number | null;
}

/**
 * How often a classifier is right when it is so and so sure, by bins of its confidence (Guo et al. 2017, "On Calibration
 * of Modern Neural Networks": bin m of M reaches from (m - 1) / M, exclusive, to m / M, inclusive).
 *
 * @param confidences how sure it is of each row, `[rows]`, 0 to 1: for rows of one label each `predictedConfidences`, for
 *   one of several labels at once the label's probability
 * @param correct 1 where it is right, else 0, `[rows]`: whether the predicted label is the true one, or whether the row has
 *   the label
 * @param options.bins number of bins, 15 unless told otherwise
 * @param options.binning `equalWidth` unless told otherwise; `equalMass` (adaptive): bin m ends at the confidence of the
 *   ceil(m x rows / bins)-th row from the lowest, so that all have about the same number of rows; equal confidences share
 *   the first bin that reaches them, which may leave others empty
 * @throws RangeError when the arrays differ in length, a confidence is not within 0 to 1, or `bins` is no count
 */
export function reliabilityTable(
  confidences: ArrayLike<number>,
  correct: ArrayLike<number>,
  options: { bins?: number; binning?: 'equalWidth' | 'equalMass' } = {},
): ReliabilityBin[] {
  const { bins = 15, binning = 'equalWidth' } = options;
  if (!(Number.isInteger(bins) && bins >= 1)) throw new RangeError(`${bins} bins, expected 1 or more`);
  if (confidences.length !== correct.length) {
    throw new RangeError(`${confidences.length} confidences, but ${correct.length} rows are right or wrong`);
  }
  const ends = binning === 'equalWidth' ? equalWidths(bins) : equalMasses(confidences, bins);
  const sums = ends.map(() => ({ rows: 0, confidence: 0, correct: 0 }));
  for (let row = 0; row < confidences.length; row += 1) {
    if (!(confidences[row] >= 0 && confidences[row] <= 1)) {
      throw new RangeError(`row ${row}: confidence ${confidences[row]}, expected 0 to 1`);
    }
    const bin = sums[firstReaching(ends, confidences[row])];
    bin.rows += 1;
    bin.confidence += confidences[row];
    if (correct[row] === 1) bin.correct += 1;
  }
  return sums.map(({ rows, confidence, correct }, bin) => ({
    from: bin === 0 ? 0 : ends[bin - 1],
    to: ends[bin],
    rows,
    meanConfidence: rows === 0 ? null : confidence / rows,
    accuracy: rows === 0 ? null : correct / rows,
  }));
}

const equalWidths = (bins: number) => Array.from({ length: bins }, (_, bin) => (bin + 1) / bins);

function equalMasses(confidences: ArrayLike<number>, bins: number): number[] {
  const sorted = Float64Array.from(confidences).sort();
  return Array.from({ length: bins }, (_, bin) => {
    const rank = Math.ceil(((bin + 1) * sorted.length) / bins);
    return rank === 0 ? 0 : sorted[rank - 1];
  });
}

/** First of the rising `ends` that is not below `value`. */
function firstReaching(ends: readonly number[], value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
