import { cutEvenly } from '../batches/cut-evenly.js';
import type { Random } from '../random/random.js';

/** Steps of an epoch, each of so many examples one by one: enough to see how it goes and to hear Ctrl-C. */
const stepsPerEpoch = 100;

/** An epoch's examples in random order, in about a hundred portions: for learners that take one example after another. */
export function shuffledPortions(exampleCount: number, random: Random): Int32Array[] {
  const order = Int32Array.from({ length: exampleCount }, (_, example) => example);
  random.shuffle(order);
  return cutEvenly(order, Math.ceil(exampleCount / stepsPerEpoch));
}
