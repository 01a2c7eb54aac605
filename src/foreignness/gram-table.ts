/** Characters that are looked at together. */
export const gramLength = 4;

const gramBits = 18;
const contextBits = 16;
export const gramBuckets = 1 << gramBits;
export const contextBuckets = 1 << contextBits;

/** What is added to the count of each character behind a context, and the number of characters that are reckoned with. */
const addedCount = 0.1;
const characters = 200;

/** A byte of a table is so many nats; the dearest gram costs below 16. */
export const natsPerStep = 1 / 16;

/**
 * How surprising each run of four characters is to whom the training texts are known: -ln p(last character | the three before
 * it), counted by hashed runs and smoothed by adding {@link addedCount} (Lidstone). Kept as bytes of {@link natsPerStep} nats.
 */
export interface GramTable {
  /** `[gramBuckets]`; 0 for a run that never came. */
  readonly seen: Uint8Array;
  /** `[contextBuckets]`: what a run that never came costs behind its first three characters. */
  readonly unseen: Uint8Array;
}

/** White space and tags of line breaks are one space, so that a text's layout has no say; a space at each end. */
export function gramText(text: string): string {
  return ` ${text.replace(/<br\s*\/?>/gi, ' ').trim()} `.replace(/\s+/g, ' ').padStart(gramLength);
}

/** Counts runs of characters in texts as they come. */
export class GramCounter {
  readonly #grams = new Uint32Array(gramBuckets);
  readonly #contexts = new Uint32Array(contextBuckets);
  readonly #contextOf = new Uint16Array(gramBuckets);

  add(text: string): void {
    forEachGram(gramText(text), (gram, context) => {
      this.#grams[gram]++;
      this.#contexts[context]++;
      this.#contextOf[gram] = context;
    });
  }

  table(): GramTable {
    const cost = (count: number, context: number) => {
      const nats = -Math.log((count + addedCount) / (context + addedCount * characters));
      return Math.min(255, Math.max(1, Math.round(nats / natsPerStep)));
    };
    return {
      seen: Uint8Array.from(this.#grams, (count, gram) =>
        count === 0 ? 0 : cost(count, this.#contexts[this.#contextOf[gram]]),
      ),
      unseen: Uint8Array.from(this.#contexts, (count) => cost(0, count)),
    };
  }
}

/** Mean cost of a text's runs of characters, in nats, and how many there are: at least one. */
export function surpriseOf(text: string, { seen, unseen }: GramTable): { mean: number; grams: number } {
  let [steps, grams] = [0, 0];
  forEachGram(gramText(text), (gram, context) => {
    steps += seen[gram] || unseen[context];
    grams++;
  });
  return { mean: (steps * natsPerStep) / grams, grams };
}

/** FNV-1a over UTF-16 units, its bits mixed (Fowler, Noll and Vo; the last step as in Murmur3). */
function forEachGram(text: string, visit: (gram: number, context: number) => void): void {
  let [first, second, third] = [text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2)];
  for (let at = gramLength - 1; at < text.length; at++) {
    const last = text.charCodeAt(at);
    const one = Math.imul(0x811c9dc5 ^ first, 0x01000193);
    const two = Math.imul(one ^ second, 0x01000193);
    const context = Math.imul(two ^ third, 0x01000193);
    const gram = Math.imul(context ^ last, 0x01000193);
    visit(mixed(gram) & (gramBuckets - 1), mixed(context) & (contextBuckets - 1));
    [first, second, third] = [second, third, last];
  }
}

function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (half ^ (half >>> 13)) >>> 0;
}
