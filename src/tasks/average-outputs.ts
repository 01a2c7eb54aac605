import { UserError } from '../errors/user-error.js';
import { temperOutputs } from './output-logits.js';
import type { Task } from './task.js';

/** What a member of an ensemble says of some examples. */
export interface MemberOutputs {
  /** Row-major `[examples, columns]`, as the member's model gives them. */
  readonly outputs: Float32Array;
  /** The member's task, with the temperatures that were chosen for it. */
  readonly task: Pick<Task, 'columns' | 'thresholdLabels' | 'decision'>;
  /** How much it counts; above 0. */
  readonly weight: number;
}

/**
 * The weighted mean of what the members of an ensemble say, each at its own temperature: the linear opinion pool. What one
 * run alone says stays as it is: its task applies its temperatures.
 *
 * @param members at least one, all of the same examples
 * @returns row-major `[examples, columns]`
 * @throws UserError when members give other numbers of probabilities
 */
export function averageOutputs(members: readonly MemberOutputs[]): Float32Array {
  const [first] = members;
  if (members.length === 1) return first.outputs;
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Float64Array(first.outputs.length);
  for (const { outputs, task, weight } of members) {
    if (outputs.length !== sums.length) throw unlike();
    const share = weight / total;
    const calibrated = calibratedOutputs(outputs, task);
    for (let at = 0; at < sums.length; at++) sums[at] += share * calibrated[at];
  }
  return Float32Array.from(sums);
}

/** Outputs at the temperatures that were chosen for their model, where some were. */
function calibratedOutputs(
  outputs: Float32Array,
  { columns, thresholdLabels, decision }: MemberOutputs['task'],
): ArrayLike<number> {
  const temperatures = decision?.temperatures;
  if (!temperatures) return outputs;
  return temperOutputs(outputs, { columns, exclusive: thresholdLabels.length === 0, temperatures });
}

function unlike(): UserError {
  return new UserError(
    'The members of the ensemble give other numbers of probabilities for a text, so that they have no mean.',
    'Make the ensemble of runs that imdb-rnn has trained on the same labels.',
  );
}
