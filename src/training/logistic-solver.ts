import { exampleCount, type PackedSplit } from '../batches/encoded-split.js';
import { logisticLoss } from '../metrics/logistic-loss.js';

export interface LogisticProblem {
  /** Each feature of an example once. */
  features: PackedSplit;
  /** What each feature is worth, in the order of `features.ids`. */
  values: Float32Array;
  /** `[examples]`: 1 for the label, -1 for the rest. */
  signs: Int8Array;
  /** `[examples]`: factor of each example's C, from 0 up; default: 1. */
  weights?: Float64Array;
  idCount: number;
  /** C. */
  inverseRegularization: number;
}

/** Newton's steps for one example stop at a slope this small; there are hardly ever more than a dozen. */
const smallestSlope = 1e-6;
const mostNewtonSteps = 100;

/**
 * Logistic regression with an L2 penalty, by coordinate descent on its dual (Yu, Huang & Lin 2011, algorithm 5):
 *
 *   least P(w) = |w|^2 / 2 + C sum over examples of weight ln(1 + exp(-y w x))
 *
 * The bias is the weight of one more feature, worth 1 in every example, and penalized like the others, as in liblinear. Each
 * visit to an example finds the best value of its dual variable a in (0, C weight) by Newton's method and moves
 * w = sum of a y x along; the optimum is reached in a few rounds over all examples. All arithmetic is in 64 bits and in one order: the same
 * visits give the same weights, bit for bit.
 */
export class LogisticSolver {
  /** `[idCount + 1]`, the bias last. */
  readonly weights: Float64Array;
  /** `[examples]`: the dual variables. */
  readonly duals: Float64Array;
  readonly #problem: LogisticProblem;
  /** `[examples]`: |x|^2, the bias' feature included. */
  readonly #squares: Float64Array;

  constructor(problem: LogisticProblem) {
    const { features, values, signs, idCount } = problem;
    const examples = exampleCount(features);
    this.#problem = problem;
    this.weights = new Float64Array(idCount + 1);
    // Inside of (0, C weight), where the logarithms of the dual are finite; 0 where the weight is.
    this.duals = new Float64Array(examples).map((_, example) => Math.min(1e-3 * this.#upper(example), 1e-8));
    this.#squares = new Float64Array(examples);
    for (let example = 0; example < examples; example++) {
      let squares = 1;
      for (let k = features.offsets[example]; k < features.offsets[example + 1]; k++)
        squares += values[k] ** 2;
      this.#squares[example] = squares;
      this.#move(example, this.duals[example] * signs[example]);
    }
  }

  /** w x of an example, as the weights are now. */
  logit(example: number): number {
    const { weights } = this;
    const { features, values, idCount } = this.#problem;
    const { ids, offsets } = features;
    const end = offsets[example + 1];
    let sum = weights[idCount];
    for (let k = offsets[example]; k < end; k++) sum += weights[ids[k]] * values[k];
    return sum;
  }

  /** Makes an example's dual variable the best one for the others. @returns the example's logit before */
  visit(example: number): number {
    const { duals } = this;
    const { signs } = this.#problem;
    const logit = this.logit(example);
    const upper = this.#upper(example);
    if (upper === 0) return logit;
    const before = duals[example];
    duals[example] = bestDual(before, {
      upper,
      curvature: this.#squares[example],
      slope: signs[example] * logit,
    });
    this.#move(example, (duals[example] - before) * signs[example]);
    return logit;
  }

  /** P(w), and by how much it exceeds the least possible at most: the distance from the dual's value. */
  gap(): { objective: number; gap: number } {
    const { weights, duals } = this;
    const { signs, weights: factors, inverseRegularization } = this.#problem;
    const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
    let losses = 0;
    let entropies = 0;
    for (let example = 0; example < duals.length; example++) {
      const dual = duals[example];
      const upper = this.#upper(example);
      if (upper === 0) continue;
      losses += (factors ? factors[example] : 1) * logisticLoss(signs[example] * this.logit(example));
      entropies += dual * Math.log(dual / upper) + (upper - dual) * Math.log1p(-dual / upper);
    }
    const objective = squares / 2 + inverseRegularization * losses;
    return { objective, gap: objective + squares / 2 + entropies };
  }

  /** What an example's dual variable stays below. */
  #upper(example: number): number {
    const { weights, inverseRegularization } = this.#problem;
    return weights ? inverseRegularization * weights[example] : inverseRegularization;
  }

  #move(example: number, step: number): void {
    if (step === 0) return;
    const { weights } = this;
    const { features, values, idCount } = this.#problem;
    const { ids, offsets } = features;
    const end = offsets[example + 1];
    for (let k = offsets[example]; k < end; k++) weights[ids[k]] += step * values[k];
    weights[idCount] += step;
  }
}

/**
 * Where a ln a + (C - a) ln (C - a) + curvature (a - now)^2 / 2 + slope (a - now) is least, between 0 and C = `upper`. Newton's
 * method runs from the end of the interval that is nearer to the solution, in the distance z from it: there the steps
 * cannot jump to the other side, and z near 0 loses no digits (Yu, Huang & Lin 2011, theorem 3 and algorithm 4).
 */
function bestDual(
  now: number,
  { upper, curvature, slope }: { upper: number; curvature: number; slope: number },
): number {
  const nearUpper = curvature * (upper / 2 - now) + slope < 0;
  const start = nearUpper ? upper - now : now;
  const offset = nearUpper ? -slope : slope;
  const slopeAt = (z: number) => Math.log(z / (upper - z)) + curvature * (z - start) + offset;
  let z = start > upper / 2 ? start / 10 : start;
  for (let step = 0; step < mostNewtonSteps; step++) {
    const steepness = slopeAt(z);
    if (Math.abs(steepness) < smallestSlope) break;
    const next = z - steepness / (curvature + upper / (z * (upper - z)));
    z = next <= 0 ? z / 10 : next;
  }
  // Never the end itself, whose logarithm has no value.
  return nearUpper ? upper - Math.max(z, upper * Number.EPSILON) : z;
}
