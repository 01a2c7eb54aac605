import { labelColumn } from './label-column.js';
import { matrixRows } from './matrix-rows.js';
import { temperatureLoss } from './temperature-loss.js';

/**
 * Why there is no temperature to fit. `noRows`; `oneLabel`: all rows have the same label; `separable`: every row's label
 * already has the highest logit, so that the loss falls for ever as the temperature goes to 0; `uninformative`: the logits
 * of the true labels are not above the mean, so that it falls for ever as the temperature grows.
 */
export type TemperatureRefusal = 'noRows' | 'oneLabel' | 'separable' | 'uninformative';

export interface TemperatureFit {
  /** What to divide the logits by; 1 when nothing could be fitted. */
  readonly temperature: number;
  /** Why nothing could be fitted; `null` when it could. */
  readonly refusal: TemperatureRefusal | null;
  /** Mean log loss at temperature 1, in nats, unclipped; `NaN` for no rows. */
  readonly lossBefore: number;
  /** Mean log loss at the temperature. */
  readonly lossAfter: number;
}

/**
 * The temperature T that minimises the log loss of softmax(logits / T), or of sigmoid(logits / T) (Guo et al. 2017, "On
 * Calibration of Modern Neural Networks"). Newton's method by 1 / T, in which the loss is convex, kept within a bracket;
 * exact to about 12 digits.
 *
 * One temperature for several labels at once: give logits and targets flat, `[rows x labels]`.
 *
 * @param logits row-major `[rows, columns]`; one column holds the sigmoid's logit of label 1
 * @param labels true label of each row, `[rows]`
 * @throws RangeError when the logits do not make whole rows, one is not finite, or a label has no column
 */
export function fitTemperature(logits: ArrayLike<number>, labels: ArrayLike<number>): TemperatureFit {
  checkLogits(logits, labels);
  if (labels.length === 0) {
    return { temperature: 1, refusal: 'noRows', lossBefore: Number.NaN, lossAfter: Number.NaN };
  }
  const lossBefore = temperatureLoss(logits, labels, { sharpness: 1 }).loss;
  const refusal = refusalOf(logits, labels);
  if (refusal) return { temperature: 1, refusal, lossBefore, lossAfter: lossBefore };
  const sharpness = sharpnessOfLeastLoss(logits, labels);
  const lossAfter = temperatureLoss(logits, labels, { sharpness }).loss;
  return { temperature: 1 / sharpness, refusal: null, lossBefore, lossAfter };
}

/**
 * A temperature of its own for each of several labels at once, each with a sigmoid.
 *
 * @param logits row-major `[rows, labels]`
 * @param targets 1 where the row has the label, else 0; `[rows, labels]`
 * @param options.labelCount number of labels
 * @returns `[labels]`
 * @throws RangeError when the two differ in length or do not make whole rows, or a logit is not finite
 */
export function fitTemperatures(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: { labelCount: number },
): TemperatureFit[] {
  matrixRows(targets, logits, options);
  return Array.from({ length: options.labelCount }, (_, label) =>
    fitTemperature(labelColumn(logits, label, options), labelColumn(targets, label, options)),
  );
}

function checkLogits(logits: ArrayLike<number>, labels: ArrayLike<number>): void {
  const rows = labels.length;
  const columns = rows === 0 ? 1 : logits.length / rows;
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new RangeError(`${logits.length} logits do not make ${rows} rows`);
  }
  for (let index = 0; index < logits.length; index += 1) {
    if (!Number.isFinite(logits[index])) {
      throw new RangeError(
        `row ${Math.floor(index / columns)}: logit ${logits[index]}, expected a finite number`,
      );
    }
  }
  const labelCount = Math.max(columns, 2);
  for (let row = 0; row < rows; row += 1) {
    if (!(Number.isInteger(labels[row]) && labels[row] >= 0 && labels[row] < labelCount)) {
      throw new RangeError(`row ${row}: label ${labels[row]}, expected 0 to ${labelCount - 1}`);
    }
  }
}

function refusalOf(logits: ArrayLike<number>, labels: ArrayLike<number>): TemperatureRefusal | null {
  let row = 1;
  while (row < labels.length && labels[row] === labels[0]) row += 1;
  if (row === labels.length) return 'oneLabel';
  if (temperatureLoss(logits, labels, { sharpness: 0 }).slope >= 0) return 'uninformative';
  return isSeparable(logits, labels) ? 'separable' : null;
}

function isSeparable(logits: ArrayLike<number>, labels: ArrayLike<number>): boolean {
  const columns = logits.length / labels.length;
  for (let row = 0; row < labels.length; row += 1) {
    if (columns === 1) {
      if (labels[row] === 1 ? logits[row] < 0 : logits[row] > 0) return false;
      continue;
    }
    const ofLabel = logits[row * columns + labels[row]];
    for (let column = 0; column < columns; column += 1) {
      if (logits[row * columns + column] > ofLabel) return false;
    }
  }
  return true;
}

/** Root of the slope, which is below 0 at a sharpness of 0 and above it somewhere, as the rows are not separable. */
function sharpnessOfLeastLoss(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  const at = (sharpness: number) => temperatureLoss(logits, labels, { sharpness });
  let [low, high] = [0, 1];
  while (at(high).slope < 0) [low, high] = [high, high * 2];
  let sharpness = high;
  for (let step = 0; step < mostSteps; step += 1) {
    const { slope, curvature } = at(sharpness);
    if (slope < 0) low = sharpness;
    else high = sharpness;
    const newton = sharpness - slope / curvature;
    // Before it is kept within the bracket: at the root itself, a step of nothing is not inside.
    if (curvature < Infinity && Math.abs(newton - sharpness) <= tolerance * sharpness) return newton;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === sharpness) break;
    sharpness = next;
  }
  return sharpness;
}

/** More than bisection alone needs between any two float64. */
const mostSteps = 1_100;
const tolerance = 1e-12;
