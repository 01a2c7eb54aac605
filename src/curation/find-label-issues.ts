import { confidentJoint, confidentLabels } from './confident-joint.js';
import { type LabelQualityName, labelQuality, likeliestOthers } from './label-quality.js';
import { countLabels, type LabelledProbabilities } from './labelled-probabilities.js';

export const issueFilters = ['pruneByNoiseRate', 'confidentLearning'] as const;

/**
 * Which labels count as wrong. `pruneByNoiseRate`: of each pair of labels as many as the calibrated confident joint says,
 * those of the largest margin; `confidentLearning`: all that are off the diagonal of the confident joint.
 */
export type IssueFilter = (typeof issueFilters)[number];

export interface LabelIssueOptions {
  /** Default `pruneByNoiseRate`. */
  readonly filter?: IssueFilter;
  /** Default `normalizedMargin`. */
  readonly rankBy?: LabelQualityName;
}

/** A given label stays if it is this close to being the most probable one, as in cleanlab. */
const tolerance = 1e-6;

/**
 * The examples whose labels are likely wrong, by confident learning (Northcutt, Jiang & Chuang 2021), the most suspicious
 * first; of equal ones the first example. cleanlab's `find_label_issues` names the same ones.
 *
 * @param data of at least two labels, with probabilities by models that have not learnt from the example in question
 * @returns indices of examples
 */
export function findLabelIssues(data: LabelledProbabilities, options: LabelIssueOptions = {}): Int32Array {
  const { filter = 'pruneByNoiseRate', rankBy = 'normalizedMargin' } = options;
  const isNamed = filter === 'pruneByNoiseRate' ? namedByNoiseRate(data) : namedByConfidence(data);
  const { labels, probabilities, labelCount } = data;
  const others = likeliestOthers(data);
  const named = indicesOf(labels).filter((example) => {
    const given = probabilities[example * labelCount + labels[example]] + tolerance;
    const other = probabilities[example * labelCount + others[example]];
    const isLikeliest = given > other || (given === other && labels[example] < others[example]);
    return isNamed[example] === 1 && !isLikeliest;
  });
  const quality = labelQuality(data, rankBy);
  return named.sort((one, other) => quality[one] - quality[other] || one - other);
}

function namedByConfidence(data: LabelledProbabilities): Uint8Array {
  return Uint8Array.from(confidentLabels(data), (label, example) =>
    Number(label >= 0 && label !== data.labels[example]),
  );
}

function namedByNoiseRate(data: LabelledProbabilities): Uint8Array {
  const { labels, labelCount } = data;
  const joint = confidentJoint(data);
  const counts = countLabels(data);
  const isNamed = new Uint8Array(labels.length);
  for (let given = 0; given < labelCount; given++) {
    // The only example of a label is never taken from it.
    if (counts[given] <= 1) continue;
    const examples = indicesOf(labels).filter((example) => labels[example] === given);
    wrongOf(joint[given], given).forEach((count, label) => {
      if (label === given || count === 0) return;
      const margins = probabilitiesLess(data, label, given);
      const ordered = examples.slice().sort((one, other) => margins[other] - margins[one] || one - other);
      for (const example of ordered.subarray(0, count)) isNamed[example] = 1;
    });
  }
  return isNamed;
}

/** Examples of a given label by true label; where none is left to be right, the wrong ones give one up. */
function wrongOf(row: readonly number[], given: number): readonly number[] {
  if (row[given] >= 1) return row;
  const share = 1 / Math.max(row.filter((count) => count !== 0).length - 1, 1);
  return row.map((count) => Math.max(0, Math.floor(count - share)));
}

/** By how much each example is more likely of one label than of another, `[examples]`. */
function probabilitiesLess(
  { labels, probabilities, labelCount }: LabelledProbabilities,
  label: number,
  other: number,
): Float64Array {
  return Float64Array.from(
    labels,
    (_, example) => probabilities[example * labelCount + label] - probabilities[example * labelCount + other],
  );
}

function indicesOf(values: Int32Array): Int32Array {
  return values.map((_, index) => index);
}
