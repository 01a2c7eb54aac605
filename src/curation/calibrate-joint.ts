/**
 * Scales a confident joint so that each row sums to the number of examples of that given label (Northcutt, Jiang & Chuang
 * 2021, equation 3), in whole numbers.
 *
 * @param joint `[given label, true label]`; each row has a sum above 0
 * @param labelCounts `[labels]`: examples of each given label
 */
export function calibrateJoint(
  joint: readonly (readonly number[])[],
  labelCounts: readonly number[],
): number[][] {
  const scaled = joint.map((row, label) => {
    const sum = row.reduce((total, count) => total + count, 0);
    return row.map((count) => (count / sum) * labelCounts[label]);
  });
  // The sum is the number of examples but for the last bits. They decide how halves are rounded, so they are cleanlab's.
  const sum = pairwiseSum(joint.flatMap((_, column) => scaled.map((row) => row[column])));
  const examples = labelCounts.reduce((total, count) => total + count, 0);
  return scaled.map((row) =>
    roundPreservingSum(row.map((count) => (sum === 0 ? 0 : (count / sum) * examples))),
  );
}

/** Adds in NumPy's order: eight sums side by side, of more than 128 numbers the halves apart. */
function pairwiseSum(values: readonly number[]): number {
  if (values.length > 128) {
    const half = Math.floor(values.length / 16) * 8;
    return pairwiseSum(values.slice(0, half)) + pairwiseSum(values.slice(half));
  }
  const whole = values.length - (values.length % 8);
  const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, (_, lane) =>
    values.slice(0, whole).reduce((sum, value, index) => (index % 8 === lane ? sum + value : sum), 0),
  );
  return values.slice(whole).reduce((sum, value) => sum + value, a + b + (c + d) + (e + f + (g + h)));
}

/** Rounds half to even, then corrects those that were rounded the furthest, the last of equal ones first, until the sum is right. */
function roundPreservingSum(values: readonly number[]): number[] {
  const rounded = values.map(roundHalfToEven);
  const missing = roundHalfToEven(pairwiseSum(values)) - pairwiseSum(rounded);
  const ascending = values
    .map((value, index) => ({ index, lost: value - rounded[index] }))
    .sort((one, other) => one.lost - other.lost);
  const ordered = missing > 0 ? ascending.reverse() : ascending;
  for (const { index } of ordered.slice(0, Math.abs(missing))) rounded[index] += Math.sign(missing);
  return rounded;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
