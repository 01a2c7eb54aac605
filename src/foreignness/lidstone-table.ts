import { gramText } from './gram-text.js';

const gramLength = 4;
export const gramBuckets = 1 << 18;
export const contextBuckets = 1 << 16;

/** A byte of a table is so many nats. */
const natsPerStep = 1 / 16;

/** What the first line of the first version's file says of the tables. */
export const lidstoneFacts = { version: 1, gramLength, gramBuckets, contextBuckets };

/**
 * The first version's form, for runs that were trained with it: -ln p(last character | the three before it), counted by hashed
 * runs and smoothed by adding 0.1 (Lidstone).
 */
export interface LidstoneTable {
  /** `[gramBuckets]`; 0 for a run that never came. */
  readonly seen: Uint8Array;
  /** `[contextBuckets]`: what a run that never came costs behind its first three characters. */
  readonly unseen: Uint8Array;
}

/** Mean cost of a text's runs of four characters, in nats, and how many there are: at least one. */
export function surpriseByTable(
  text: string,
  { seen, unseen }: LidstoneTable,
): { mean: number; grams: number } {
  let [steps, grams] = [0, 0];
  forEachGram(gramText(text).padStart(gramLength), (gram, context) => {
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
