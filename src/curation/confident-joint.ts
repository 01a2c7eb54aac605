import { calibrateJoint } from './calibrate-joint.js';
import { labelThresholds } from './label-thresholds.js';
import { countLabels, type LabelledProbabilities } from './labelled-probabilities.js';

/** Probabilities this close below a threshold have reached it, as in cleanlab. */
const tolerance = 1e-6;

/**
 * The label that each example confidently is of: the one whose threshold is reached, of several the most probable.
 *
 * @returns `[examples]`; -1 where no threshold is reached
 */
export function confidentLabels(data: LabelledProbabilities): Int32Array {
  const { labels, probabilities, labelCount } = data;
  const thresholds = labelThresholds(data);
  return labels.map((_, example) => {
    const row = probabilities.subarray(example * labelCount, (example + 1) * labelCount);
    const reached = row.reduce(
      (count, probability, label) => count + Number(probability >= thresholds[label] - tolerance),
      0,
    );
    // Of all labels, as in cleanlab: with several above their thresholds the most probable one may be below its own.
    if (reached > 1) return row.indexOf(Math.max(...row));
    return row.findIndex((probability, label) => probability >= thresholds[label] - tolerance);
  });
}

/**
 * The confident joint (Northcutt, Jiang & Chuang 2021, equation 1): how many examples of each given label are confidently of
 * each label. At least one example of each label counts as rightly labelled.
 *
 * @param options.calibrated whether the counts are scaled to all examples of each given label; default true
 * @returns `[given label, true label]`, whole numbers
 */
export function confidentJoint(
  data: LabelledProbabilities,
  { calibrated = true }: { calibrated?: boolean } = {},
): number[][] {
  const { labels, labelCount } = data;
  const joint = Array.from({ length: labelCount }, () => new Array<number>(labelCount).fill(0));
  confidentLabels(data).forEach((label, example) => {
    if (label >= 0) joint[labels[example]][label] += 1;
  });
  joint.forEach((row, label) => {
    row[label] = Math.max(row[label], 1);
  });
  return calibrated ? calibrateJoint(joint, countLabels(data)) : joint;
}
