/** The least float32 above 0, and the middle between 1 and the greatest float32 below it: what outputs are rounded from. */
const leastProbability = 2 ** -149;
const mostProbability = 1 - 2 ** -25;

/** The logit of a sigmoid's output; finite, and in the order of the outputs. */
export function logitOf(probability: number): number {
  const inside = Math.min(Math.max(probability, leastProbability), mostProbability);
  return Math.log(inside) - Math.log1p(-inside);
}

/** The logarithm of one of a softmax' outputs, which is its logit but for a constant of the row; finite. */
export function logOf(probability: number): number {
  return Math.log(Math.max(probability, leastProbability));
}

/**
 * Outputs at other temperatures: sigmoid(logit / T) of each column, or softmax(logits / T) of each row (Guo et al. 2017, "On
 * Calibration of Modern Neural Networks").
 *
 * @param outputs probabilities, row-major `[rows, columns]`
 * @param options.exclusive whether each row is one softmax; else each column is a sigmoid
 * @param options.temperatures of each column, or one; `null` leaves the outputs as they are
 * @returns `[rows, columns]`
 */
export function temperOutputs(
  outputs: ArrayLike<number>,
  options: { columns: number; exclusive: boolean; temperatures: readonly (number | null)[] },
): Float64Array {
  const { columns, exclusive, temperatures } = options;
  const tempered = Float64Array.from(outputs);
  for (let start = 0; start < tempered.length; start += columns) {
    const row = tempered.subarray(start, start + columns);
    if (exclusive) temperSoftmax(row, temperatures[0]);
    else {
      row.forEach((probability, column) => {
        const temperature = temperatures[column];
        if (temperature !== null) row[column] = 1 / (1 + Math.exp(-logitOf(probability) / temperature));
      });
    }
  }
  return tempered;
}

function temperSoftmax(row: Float64Array, temperature: number | null): void {
  if (temperature === null) return;
  const logits = row.map(logOf);
  const highest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  let sum = 0;
  for (let column = 0; column < row.length; column++) {
    row[column] = Math.exp((logits[column] - highest) / temperature);
    sum += row[column];
  }
  for (let column = 0; column < row.length; column++) row[column] /= sum;
}
