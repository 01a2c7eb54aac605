/** Labels whose words are counted apart; a data set with more has hardly enough texts for each. */
export const countedLabels = 1000;

interface WordLimits {
  readonly words: number;
  /** Words times labels that have them. */
  readonly pairs: number;
}

/** About 100 MB at most. */
const limitsByDefault: WordLimits = { words: 400_000, pairs: 1_000_000 };

/**
 * How often words come with each label. When there are more words than the memory has room for, the rarest are
 * forgotten; one that comes again is counted anew.
 */
export class WordCounts {
  private words = new Map<string, number>();
  private totals: number[] = [];
  /** By word * countedLabels + label. */
  private pairs = new Map<number, number>();
  private readonly limits: WordLimits;
  /** Whether words were forgotten. */
  isPruned = false;

  constructor(limits: WordLimits = limitsByDefault) {
    this.limits = limits;
  }

  /** @param labels numbers from 0; those from `countedLabels` on do not count */
  add(words: readonly string[], labels: readonly number[]): void {
    const counted = labels.filter((label) => label >= 0 && label < countedLabels);
    if (counted.length === 0) return;
    for (const word of words) {
      let index = this.words.get(word);
      if (index === undefined) {
        index = this.totals.push(0) - 1;
        this.words.set(word, index);
      }
      this.totals[index] += counted.length;
      for (const label of counted) {
        const pair = index * countedLabels + label;
        this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
      }
    }
    if (this.words.size > this.limits.words || this.pairs.size > this.limits.pairs) this.prune();
  }

  /** Each word with its count and its counts by label. */
  *entries(): Generator<{ word: string; total: number; byLabel: readonly (readonly [number, number])[] }> {
    const byWord: [number, number][][] = this.totals.map(() => []);
    for (const [pair, count] of this.pairs) {
      byWord[Math.floor(pair / countedLabels)].push([pair % countedLabels, count]);
    }
    for (const [word, index] of this.words) yield { word, total: this.totals[index], byLabel: byWord[index] };
  }

  /** Keeps the more frequent half. */
  private prune(): void {
    this.isPruned = true;
    const { words, totals, pairs } = this;
    const ranked = [...words].sort(([, one], [, other]) => totals[other] - totals[one]);
    const kept = ranked.slice(0, Math.floor(ranked.length / 2));
    const places = new Map(kept.map(([, former], place) => [former, place]));
    this.words = new Map(kept.map(([word], place) => [word, place]));
    this.totals = kept.map(([, former]) => totals[former]);
    this.pairs = new Map();
    for (const [pair, count] of pairs) {
      const place = places.get(Math.floor(pair / countedLabels));
      if (place !== undefined) this.pairs.set(place * countedLabels + (pair % countedLabels), count);
    }
  }
}
