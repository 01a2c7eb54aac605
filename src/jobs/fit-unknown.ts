import type { Config } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { type FittedForeignness, fitForeignness, readPart } from '../foreignness/fit-foreignness.js';
import { GramCounter } from '../foreignness/gram-counter.js';
import { learnModel } from '../foreignness/learn-grams.js';

/** Every so many texts one is held out: the threshold is fitted on texts that the model was not learnt from. */
const heldOutEvery = 10;

/** Enough to place a threshold, few enough to be kept in memory. */
const mostHeldOut = 20_000;

/**
 * Learns from a training split what tells foreign texts, as `unknown` in the config says. It does not depend on the model.
 *
 * @returns `undefined` where the config does not ask for it
 */
export async function fitUnknown(
  split: Split,
  { unknown, text }: Pick<Config, 'unknown' | 'text'>,
): Promise<FittedForeignness | undefined> {
  if (unknown === 'none' || split.kind === 'ids') return undefined;
  const counter = new GramCounter();
  const heldOut: string[] = [];
  let count = 0;
  for await (const portion of split.read()) {
    for (const example of portion) {
      const read = readPart(example.text, text);
      if (count++ % heldOutEvery === 0 && heldOut.length < mostHeldOut) heldOut.push(read);
      else counter.add(read);
    }
  }
  return fitForeignness(learnModel(counter.counts), heldOut, { quantile: unknown.quantile, text });
}
