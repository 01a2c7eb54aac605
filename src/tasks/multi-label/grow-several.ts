import { firstProbability, type HeadGrowth, type HeadWeights, withColumns } from '../head-weights.js';

/**
 * The last layer of a classifier with a sigmoid for each label, with columns for new labels: the former labels' probabilities
 * stay, a new one's is that of `firstProbability` for every text, as Lin et al. begin with a prior ("Focal Loss for Dense Object
 * Detection", 2017, section 4.1).
 */
export function growSeveral(former: HeadWeights, { formerLabels, shares }: HeadGrowth): HeadWeights {
  const biases = Array.from(shares)
    .slice(formerLabels)
    .map((share) => logit(firstProbability(share, { answers: 2 })));
  return withColumns(former, biases);
}

const logit = (probability: number) => Math.log(probability / (1 - probability));
