import { gramKey, hashBeginnings, longestGram } from './gram-hash.js';
import { gramText } from './gram-text.js';

/** No slot: the context and the rest of a run of one character. */
export const noSlot = 0xffffffff;

const fewestSlots = 1 << 12;
/** 105 MB of counts; runs are dropped, rarest first, rather than that there be more. */
const mostSlots = 1 << 22;
/** Share of slots in use at which a table grows, or drops what is rare until half of that is left. */
const fullest = 0.6;

/** Counts by slot. A run's context is the run without its last character, its rest the run without its first. */
export interface GramCounts {
  /** `[slots]`, 0 for a free slot; as all the others. */
  readonly key: Int32Array;
  /** Length of the run. */
  readonly length: Uint8Array;
  readonly count: Uint32Array;
  /** Characters that came behind the run, and how many different ones. */
  readonly followers: Uint32Array;
  readonly kinds: Uint32Array;
  /** Slots of the context and of the rest. */
  readonly context: Uint32Array;
  readonly rest: Uint32Array;
}

const countsOf = (slots: number): GramCounts => ({
  key: new Int32Array(slots),
  length: new Uint8Array(slots),
  count: new Uint32Array(slots),
  followers: new Uint32Array(slots),
  kinds: new Uint32Array(slots),
  context: new Uint32Array(slots),
  rest: new Uint32Array(slots),
});

/**
 * Counts runs of 1 to {@link longestGram} characters in texts as they come, by hash. Where runs become too many, the rarest are
 * forgotten (lossy counting, Manku and Motwani 2002), so that memory is bounded, however many texts there are.
 */
export class GramCounter {
  #counts: GramCounts;
  #used = 0;
  readonly #mostSlots: number;

  /** @param options.mostSlots a power of two; 2^22 unless told otherwise, enough for 2.5 million different runs */
  constructor(options: { readonly mostSlots?: number } = {}) {
    this.#mostSlots = options.mostSlots ?? mostSlots;
    this.#counts = countsOf(Math.min(fewestSlots, this.#mostSlots));
  }

  get counts(): GramCounts {
    return this.#counts;
  }

  add(text: string): void {
    const read = gramText(text);
    const hashes = hashBeginnings(read);
    let [before, here] = [new Uint32Array(longestGram + 1), new Uint32Array(longestGram + 1)];
    for (let end = 1, reach = 0; end <= read.length; end++) {
      if (this.#used + longestGram > fullest * this.#counts.key.length) {
        this.#makeRoom();
        // The slots of what stands before are others now: runs begin anew.
        reach = 0;
      }
      reach = Math.min(longestGram, reach + 1);
      for (let length = 1; length <= reach; length++) {
        const isLone = length === 1;
        const links = {
          context: isLone ? noSlot : before[length - 1],
          rest: isLone ? noSlot : here[length - 1],
        };
        here[length] = this.#count(gramKey(hashes, end, length), length, links);
      }
      [before, here] = [here, before];
    }
  }

  #count(key: number, length: number, { context, rest }: { context: number; rest: number }): number {
    const counts = this.#counts;
    const slot = slotOf(key, counts.key);
    if (counts.key[slot] === 0) {
      counts.key[slot] = key;
      counts.length[slot] = length;
      counts.context[slot] = context;
      counts.rest[slot] = rest;
      this.#used++;
      if (context !== noSlot) counts.kinds[context]++;
    }
    counts.count[slot]++;
    if (context !== noSlot) counts.followers[context]++;
    return slot;
  }

  #makeRoom(): void {
    const slots = this.#counts.key.length;
    if (slots < this.#mostSlots) this.#rebuild(slots * 2, 1);
    else for (let least = 2; this.#used > (fullest / 2) * slots; least *= 2) this.#rebuild(slots, least);
  }

  #rebuild(slots: number, leastCount: number): void {
    const old = this.#counts;
    const counts = countsOf(slots);
    const moved = new Uint32Array(old.key.length).fill(noSlot);
    this.#used = 0;
    for (let length = 1; length <= longestGram; length++) {
      for (let from = 0; from < old.key.length; from++) {
        if (old.key[from] === 0 || old.length[from] !== length || old.count[from] < leastCount) continue;
        const context = length === 1 ? noSlot : moved[old.context[from]];
        const rest = length === 1 ? noSlot : moved[old.rest[from]];
        if (length > 1 && (context === noSlot || rest === noSlot)) continue;
        const to = slotOf(old.key[from], counts.key);
        for (const name of ['key', 'length', 'count', 'followers', 'kinds'] as const) {
          counts[name][to] = old[name][from];
        }
        counts.context[to] = context;
        counts.rest[to] = rest;
        moved[from] = to;
        this.#used++;
      }
    }
    this.#counts = counts;
  }
}

/** Where a key is, or may be put; the number of slots is a power of two. */
function slotOf(key: number, keys: Int32Array): number {
  const mask = keys.length - 1;
  let slot = key & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}
