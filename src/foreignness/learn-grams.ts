import { type GramCounts, noSlot } from './gram-counter.js';
import { gramTag, longestGram } from './gram-hash.js';
import { type GramModel, leastPrice, natsPerCostStep, natsPerPriceStep } from './gram-model.js';

/** Characters that are reckoned with where none is known. */
const characters = 200;

/** So many runs are kept at most, in 0.8 MB. */
const mostKept = 160_000;

/** Share of a model's slots in use at most: more would make looking for what is not there slow. */
const fullest = 0.7;

/** What is left for unknown characters at least, so that logarithms are finite. */
const leastShare = 1e-4;

/**
 * Makes a model of counts. A character's probability is interpolated over all lengths of context (Witten and Bell 1991):
 *
 *     p(c | h) = (n(hc) + kinds(h) p(c | rest of h)) / (n(h) + kinds(h))
 *
 * where n(h) is how many characters came behind h and kinds(h) how many different ones. Of the runs only those are kept that
 * matter: which came often and whose probability the shorter context does not tell, by n(hc) ln(p(c | h) / p(c | rest of h)) (weighted
 * difference, Seymore and Rosenfeld 1996), the contexts of those, and single characters. A context's price is -ln of what is left for unknown runs,
 * over the same by the shorter context.
 *
 * @param options.mostKept runs that are kept at most; 160,000 unless told otherwise
 */
export function learnModel(counts: GramCounts, options: { readonly mostKept?: number } = {}): GramModel {
  const byLength = slotsByLength(counts);
  const all = byLength.flat();
  const single = { followers: 0, kinds: byLength[1].length };
  for (const slot of byLength[1]) single.followers += counts.count[slot];
  const probability = new Float64Array(counts.key.length);
  const shorter = (slot: number) =>
    counts.rest[slot] === noSlot ? 1 / characters : probability[counts.rest[slot]];
  for (const slot of all) {
    const context = counts.context[slot];
    const followers = context === noSlot ? single.followers : counts.followers[context];
    const kinds = context === noSlot ? single.kinds : counts.kinds[context];
    probability[slot] = (counts.count[slot] + kinds * shorter(slot)) / (followers + kinds);
  }
  const kept = keepGains(all, {
    counts,
    gain: (slot) =>
      counts.context[slot] === noSlot
        ? Number.POSITIVE_INFINITY
        : counts.count[slot] * Math.log(probability[slot] / shorter(slot)),
    most: options.mostKept ?? mostKept,
  });
  const [told, toldShorter] = [new Float64Array(counts.key.length), new Float64Array(counts.key.length)];
  for (const slot of kept) {
    if (counts.context[slot] === noSlot) continue;
    told[counts.context[slot]] += probability[slot];
    toldShorter[counts.context[slot]] += shorter(slot);
  }
  const priceOf = (slot: number) => {
    if (told[slot] === 0) return 0;
    const nats = -Math.log(
      Math.max(leastShare, 1 - told[slot]) / Math.max(leastShare, 1 - toldShorter[slot]),
    );
    return 1 + steps(nats - leastPrice, { of: natsPerPriceStep, most: 30 });
  };
  const slots = 2 ** Math.ceil(Math.log2((kept.length + 1) / fullest));
  const model = { tags: new Uint16Array(slots), costs: new Uint8Array(slots) };
  // Frequent runs come first, and so lie in the slot where they are looked for.
  for (const slot of [...kept].sort((one, other) => counts.count[other] - counts.count[one])) {
    let to = counts.key[slot] & (slots - 1);
    while (model.tags[to] !== 0) to = (to + 1) & (slots - 1);
    model.tags[to] = (gramTag(counts.key[slot]) << 5) | priceOf(slot);
    model.costs[to] = steps(-Math.log(probability[slot]), { of: natsPerCostStep, most: 255 });
  }
  const total = single.followers + single.kinds;
  // Without any text each character is as likely as the others.
  return { ...model, unseen: Math.log(characters) + (total === 0 ? 0 : Math.log(total / single.kinds)) };
}

/** Slots in use: `[length]`, each by ascending slot. */
function slotsByLength({ key, length }: GramCounts): number[][] {
  const slots: number[][] = Array.from({ length: longestGram + 1 }, () => []);
  for (let slot = 0; slot < key.length; slot++) if (key[slot] !== 0) slots[length[slot]].push(slot);
  return slots;
}

/** The slots of greatest gain, each with its contexts, ascending by length: those above the gain that fewer than `most` exceed. */
function keepGains(
  slots: readonly number[],
  { counts, gain, most }: { counts: GramCounts; gain: (slot: number) => number; most: number },
): readonly number[] {
  if (slots.length <= most) return slots;
  const gains = new Float64Array(counts.key.length).fill(Number.NEGATIVE_INFINITY);
  // From the longest: a context gains at least what each run behind it does.
  for (const slot of [...slots].reverse()) {
    gains[slot] = Math.max(gains[slot], gain(slot));
    const context = counts.context[slot];
    if (context !== noSlot) gains[context] = Math.max(gains[context], gains[slot]);
  }
  const sorted = Float64Array.from(slots, (slot) => gains[slot]).sort();
  const bar = sorted[sorted.length - 1 - most];
  return slots.filter((slot) => gains[slot] > bar);
}

function steps(nats: number, { of, most }: { of: number; most: number }): number {
  return Math.min(most, Math.max(0, Math.round(nats / of)));
}
