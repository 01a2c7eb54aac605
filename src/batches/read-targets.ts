import type { Split, Target } from '../datasets/split.js';
import { type Targets, targetsOf } from './targets.js';

/** What is to be learnt of each example of a split; of the texts none is kept. @throws UserError when it cannot be read */
export async function readTargets(split: Split): Promise<Targets> {
  if (split.kind === 'ids') return (await split.read()).targets;
  const targets: Target[] = [];
  for await (const portion of split.read()) for (const { target } of portion) targets.push(target);
  return targetsOf(targets);
}
