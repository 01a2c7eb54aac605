/** The labels of examples, as far as a blend asks for them. */
interface GivenLabels {
  /** `[examples]` */
  readonly labels: Int32Array;
  readonly labelCount: number;
}

interface PenalizedLabels extends GivenLabels {
  /** The power that the penalty draws every judge to. */
  readonly share: number;
}

/** A loss, its slopes, and how they change. */
interface LossAt {
  readonly loss: number;
  /** `[judges]` */
  readonly slopes: readonly number[];
  /** `[judges, judges]`, symmetric and positive definite. */
  readonly curvatures: readonly (readonly number[])[];
}

const mostSteps = 100;
const mostHalvings = 50;
/** Of the loss: its rounding errors are smaller. */
const tolerance = 1e-13;

/**
 * The powers w of judges' probabilities for which the log loss of softmax(sum of w log p) on the given labels is least. The
 * sum of the losses has a penalty of |w - 1 / judges|^2 / 2, which weighs less than one example, and without which there were no
 * least value where all labels can be told. A judge whose power would be below 0 has none. One judge has the power 1.
 *
 * @param logarithms `[judges]`: row-major `[examples, labels]`, logarithms of probabilities
 * @returns `[judges]`, from 0 up
 */
export function fitBlend(logarithms: readonly Float64Array[], given: GivenLabels): number[] {
  return logarithms.length === 1 ? [1] : fitWeights(logarithms, { ...given, share: 1 / logarithms.length });
}

function fitWeights(logarithms: readonly Float64Array[], given: PenalizedLabels): number[] {
  const weights = leastLoss(logarithms, given);
  const counting = weights.flatMap((weight, judge) => (weight > 0 ? [judge] : []));
  if (counting.length === weights.length) return weights;
  if (counting.length === 0) return weights.map(() => given.share);
  const refitted = fitWeights(
    counting.map((judge) => logarithms[judge]),
    given,
  );
  return weights.map((_, judge) => refitted[counting.indexOf(judge)] ?? 0);
}

/** Newton's method, each step halved until the loss falls; the loss is strictly convex. */
function leastLoss(logarithms: readonly Float64Array[], given: PenalizedLabels): number[] {
  let weights = logarithms.map(() => given.share);
  let now = lossAt(weights, logarithms, given);
  for (let step = 0; step < mostSteps; step++) {
    const direction = solve(now.curvatures, now.slopes);
    const stepped = (taken: number) => weights.map((weight, judge) => weight - taken * direction[judge]);
    // Twice what a whole step will gain. Near the end that is less than the loss is rounded by, which then tells nothing.
    const decrement = direction.reduce((sum, change, judge) => sum + change * now.slopes[judge], 0);
    if (decrement <= tolerance * now.loss) return stepped(1);
    let taken = 1;
    let next = lossAt(stepped(taken), logarithms, given);
    for (let halving = 0; halving < mostHalvings && !(next.loss < now.loss); halving++) {
      taken /= 2;
      next = lossAt(stepped(taken), logarithms, given);
    }
    if (!(next.loss < now.loss)) return weights;
    [weights, now] = [stepped(taken), next];
  }
  return weights;
}

/**
 * With z the sums, and p = softmax(z): the loss of an example is log(sum(exp(z))) - z(label), its slope by the power of judge j
 * mean(l_j) - l_j(label), and the slopes change by the covariances of the l_j, means and covariances by p.
 */
function lossAt(
  weights: readonly number[],
  logarithms: readonly Float64Array[],
  { labels, labelCount, share }: PenalizedLabels,
): LossAt {
  const judges = weights.length;
  const away = weights.map((weight) => weight - share);
  let loss = away.reduce((sum, difference) => sum + difference ** 2 / 2, 0);
  const slopes = away.slice();
  const curvatures = weights.map((_, row) => weights.map((_, column) => Number(row === column)));
  const sums = new Float64Array(labelCount);
  const means = new Float64Array(judges);
  for (let example = 0; example < labels.length; example++) {
    const start = example * labelCount;
    let highest = -Infinity;
    for (let label = 0; label < labelCount; label++) {
      sums[label] = 0;
      for (let j = 0; j < judges; j++) sums[label] += weights[j] * logarithms[j][start + label];
      highest = Math.max(highest, sums[label]);
    }
    const ofLabel = sums[labels[example]];
    let total = 0;
    for (let label = 0; label < labelCount; label++) {
      sums[label] = Math.exp(sums[label] - highest);
      total += sums[label];
    }
    loss += Math.log(total) + highest - ofLabel;
    means.fill(0);
    for (let label = 0; label < labelCount; label++) {
      sums[label] /= total;
      for (let j = 0; j < judges; j++) means[j] += sums[label] * logarithms[j][start + label];
    }
    for (let j = 0; j < judges; j++) {
      slopes[j] += means[j] - logarithms[j][start + labels[example]];
      for (let k = 0; k < judges; k++) {
        for (let label = 0; label < labelCount; label++) {
          const [one, other] = [logarithms[j][start + label], logarithms[k][start + label]];
          curvatures[j][k] += sums[label] * (one - means[j]) * (other - means[k]);
        }
      }
    }
  }
  return { loss, slopes, curvatures };
}

/** Solves a system whose matrix is symmetric and positive definite, by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index]]);
  for (let pivot = 0; pivot < size; pivot++) {
    for (let below = pivot + 1; below < size; below++) {
      const factor = rows[below][pivot] / rows[pivot][pivot];
      rows[below] = rows[below].map((value, column) => value - factor * rows[pivot][column]);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const known = solution.reduce((sum, value, column) => sum + value * rows[row][column], 0);
    solution[row] = (rows[row][size] - known) / rows[row][row];
  }
  return solution;
}
