import type { Targets } from '../batches/targets.js';
import { averageOutputs, type MemberOutputs } from './average-outputs.js';
import type { Task } from './task.js';

/** Weights of an ensemble's members, and what they make of the examples that they were chosen on. */
export interface FittedWeights {
  /** Of each member, the sum being 1; 0 where a member only does harm. */
  readonly weights: readonly number[];
  /** Log loss with these weights, in nats. */
  readonly loss: number;
  /** Log loss where all members count alike. */
  readonly equalLoss: number;
  /** Log loss of each member alone. */
  readonly ownLosses: readonly number[];
}

/** Shares that are tried for a member: 0, 0.1, ..., 1. */
const tried = Array.from({ length: 11 }, (_, tenth) => tenth / 10);
/** A smaller gain of log loss is none. */
const leastGain = 1e-9;
const mostRounds = 100;

/**
 * Chooses the weights of an ensemble's members by the log loss of their mean: from equal weights on, each member's share in turn
 * is set to the best of 0, 0.1, ..., 1, the others keeping their proportions, until no such step gains anything. For two members
 * all shares in tenths are tried. The log loss of a mean of probabilities has no second minimum, being convex in the weights.
 *
 * @param members at least two; their weights have no say
 * @param options.task without a decision: a mean has none yet
 * @param options.targets of examples that no member has learnt from
 */
export function fitWeights(
  members: readonly Omit<MemberOutputs, 'weight'>[],
  { task, targets }: { task: Task; targets: Targets },
): FittedWeights {
  const lossOf = (weights: readonly number[]) => {
    const outputs = averageOutputs(members.map((member, place) => ({ ...member, weight: weights[place] })));
    return task.validate({ outputs, targets }).loss;
  };
  const alone = (place: number) => members.map((_, other) => Number(other === place));
  let weights: number[] = members.map(() => 1 / members.length);
  const equalLoss = lossOf(weights);
  let loss = equalLoss;
  for (let round = 0; round < mostRounds; round++) {
    const before = loss;
    for (let place = 0; place < members.length; place++) {
      const candidates = tried.map((share) => withShare(weights, { place, share }));
      const losses = candidates.map(lossOf);
      const least = losses.indexOf(Math.min(...losses));
      if (losses[least] < loss - leastGain) [weights, loss] = [candidates[least], losses[least]];
    }
    if (loss >= before - leastGain) break;
  }
  return {
    weights: weights.map(withoutNoise),
    loss,
    equalLoss,
    ownLosses: members.map((_, place) => lossOf(alone(place))),
  };
}

/** The weights with one of them set, the others scaled so that all sum to 1. */
function withShare(weights: readonly number[], { place, share }: { place: number; share: number }): number[] {
  const others = weights.reduce((sum, weight, at) => (at === place ? sum : sum + weight), 0);
  const equal = (1 - share) / (weights.length - 1);
  return weights.map((weight, at) => {
    if (at === place) return share;
    return others > 0 ? (weight / others) * (1 - share) : equal;
  });
}

/** 0.1 where a sum of tenths gave 0.09999999999999998. */
const withoutNoise = (weight: number) => Number(weight.toPrecision(12));
