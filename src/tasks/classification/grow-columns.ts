import { firstProbability, type HeadGrowth, type HeadWeights, withColumns } from '../head-weights.js';
import { columnsByLabel, columnsOfLabels } from './label-columns.js';

/**
 * The last layer of a classifier for its former labels and new ones. The ratios of the former labels' probabilities stay as they
 * are for any text. A new label has the same logit for every text at first: where all features are 0 it has `firstProbability` times
 * what the former labels have together.
 */
export function growColumns(former: HeadWeights, { formerLabels, shares }: HeadGrowth): HeadWeights {
  const labels = shares.length;
  if (labels === formerLabels) return former;
  const byLabel = columnsByLabel(former, formerLabels);
  const { bias } = byLabel;
  const most = Math.max(...bias);
  const sum = bias.reduce((total, value) => total + Math.exp(value - most), 0);
  const biases = Array.from(shares)
    .slice(formerLabels)
    .map((share) => most + Math.log(sum) + Math.log(firstProbability(share, { answers: formerLabels })));
  return columnsOfLabels(withColumns(byLabel, biases), labels);
}
