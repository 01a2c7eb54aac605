import { gramKey, gramTag, hashBeginnings, longestGram } from './gram-hash.js';
import { gramText } from './gram-text.js';

/** A cost is kept in so many nats a step, 0 to 255 of them. */
export const natsPerCostStep = 1 / 16;

/** The price of a context is kept as 1 to 31: so many nats a step, from {@link leastPrice}. 0: no known run goes on from it. */
export const natsPerPriceStep = 1 / 4;
export const leastPrice = -1;

/** The price of a context that costs nothing. */
const freePrice = 1 - leastPrice / natsPerPriceStep;

/**
 * What a character costs in nats behind those before it, as a back-off model (Katz 1987) that is kept by hash: the cost of the
 * longest known run that ends with it, and for each longer one that is not known the price of its context.
 */
export interface GramModel {
  /** `[slots]`, a power of two; 0 for a free slot, else 32 times the tag of the run in it and the price of that run as a context. */
  readonly tags: Uint16Array;
  /** `[slots]`: -ln p(last character | the ones before it), in steps. */
  readonly costs: Uint8Array;
  /** What a character costs that never came, in nats. */
  readonly unseen: number;
}

/** Mean cost of a text's characters, in nats, and how many there are: at least one. The space before the text is given. */
export function surpriseOf(
  text: string,
  { tags, costs, unseen }: GramModel,
): { mean: number; grams: number } {
  const read = gramText(text);
  const hashes = hashBeginnings(read);
  const mask = tags.length - 1;
  const find = (end: number, length: number): number => {
    const key = gramKey(hashes, end, length);
    const tag = gramTag(key);
    let slot = key & mask;
    for (let kept = tags[slot]; kept !== 0; kept = tags[slot]) {
      if (kept >>> 5 === tag) return slot;
      slot = (slot + 1) & mask;
    }
    return -1;
  };
  let [prices, steps, strange] = [0, 0, 0];
  let before = find(1, 1);
  let known = before < 0 ? 0 : 1;
  for (let end = 2; end <= read.length; end++) {
    // No run is known whose context is not, so none is longer than the one before by more than a character.
    let length = Math.min(longestGram, known + 1);
    let slot = length <= known || length === 1 ? find(end, length) : -1;
    let isTried = length <= known || length === 1;
    let context = isTried ? -1 : before;
    while (slot < 0 && length > 1) {
      if (isTried) context = find(end - 1, length - 1);
      const price = context < 0 ? 0 : tags[context] & 31;
      if (price !== 0 && !isTried) slot = find(end, length);
      if (slot >= 0) break;
      if (price !== 0) prices += price - freePrice;
      length--;
      isTried = length === 1;
      if (isTried) slot = find(end, 1);
      else context = find(end - 1, length - 1);
    }
    before = slot;
    known = slot < 0 ? 0 : length;
    if (slot < 0) strange++;
    else steps += costs[slot];
  }
  const nats = prices * natsPerPriceStep + steps * natsPerCostStep + strange * unseen;
  return { mean: nats / (read.length - 1), grams: read.length - 1 };
}
