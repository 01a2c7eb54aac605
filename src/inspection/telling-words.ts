import type { WordCounts } from './word-counts.js';

/** A word and how much more often it comes with a label than with the others. */
export interface TellingWord {
  readonly word: string;
  /** Difference of the log-odds in standard errors. */
  readonly z: number;
  /** How often it comes with the label. */
  readonly count: number;
}

/**
 * Words that the prior stands for: a label's words count as if so many words of the whole data set's mixture had been
 * seen with it before. A number of our own; the larger, the less rare words tell.
 */
const priorWords = 1000;
/** Two-sided 5 %. */
const leastZ = 1.96;

/**
 * The most telling words of each label against all others: log-odds ratio with an informative Dirichlet prior, in standard
 * errors (Monroe, Colaresi & Quinn 2008, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
 * Content of Political Conflict"). The prior is the whole data set's mixture of words.
 *
 * @param options.labels how many labels there are; `most` words of each
 * @returns by label, the most telling first; none with z below 1.96, and none where there is but one label
 */
export function tellingWords(
  counts: WordCounts,
  { labels, most = 10 }: { readonly labels: number; readonly most?: number },
): TellingWord[][] {
  const found: TellingWord[][] = Array.from({ length: labels }, () => []);
  if (labels < 2) return found;
  const entries = [...counts.entries()];
  const sizes = new Float64Array(labels);
  for (const { byLabel } of entries) for (const [label, count] of byLabel) sizes[label] += count;
  const all = sizes.reduce((sum, size) => sum + size, 0);
  for (const { word, total, byLabel } of entries) {
    const prior = (priorWords * total) / all;
    for (const [label, count] of byLabel) {
      const [own, others] = [count + prior, total - count + prior];
      const odds = Math.log(own / (sizes[label] + priorWords - own));
      const oddsElsewhere = Math.log(others / (all - sizes[label] + priorWords - others));
      const z = (odds - oddsElsewhere) / Math.sqrt(1 / own + 1 / others);
      if (z >= leastZ) found[label].push({ word, z, count });
    }
  }
  const byZ = (one: TellingWord, other: TellingWord) => other.z - one.z || (one.word < other.word ? -1 : 1);
  return found.map((words) => words.sort(byZ).slice(0, most));
}
