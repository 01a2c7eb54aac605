import type { TextConfig } from '../config/schema.js';
import { truncate } from '../text/truncate.js';
import { GramCounter, type GramTable, surpriseOf } from './gram-table.js';

/** What tells texts of the training's kind from others: see {@link foreignnessOf}. */
export interface Foreignness {
  readonly table: GramTable;
  /** Mean surprise of held-out texts, in nats a character. */
  readonly mean: number;
  /** Variance of a text's surprise: `between` texts, however long they are, plus `within` divided by its characters. */
  readonly between: number;
  readonly within: number;
  /** A text whose foreignness is above it is none of the model's. */
  readonly threshold: number;
}

/** Held-out texts are also looked at when only so many of their words are there: short texts must not be called foreign. */
const wordsOfPrefixes = [2, 4, 8, 16, 32];

/** Variances below are taken for this: nats squared. */
const leastVariance = 1e-6;

/** What of a text counts: as much as the model reads, where that is counted in characters or bytes. */
export function readPart(text: string, config: TextConfig): string {
  return truncate(text, config);
}

/** Learns the table of grams from training texts. */
export function learnGrams(texts: Iterable<string>, config: TextConfig): GramTable {
  const counter = new GramCounter();
  for (const text of texts) counter.add(readPart(text, config));
  return counter.table();
}

/**
 * Fits what held-out texts are like, and a threshold that the given share of them exceeds.
 *
 * The variance's two parts are fitted by least squares to the squared deviations of the texts and of their beginnings,
 * weighted so that each length counts by its own variance.
 *
 * @param heldOut texts that the table was not learnt from, at least one
 * @param options.quantile share of them that is called foreign, above 0 and below 1
 */
export function fitForeignness(
  table: GramTable,
  heldOut: readonly string[],
  { quantile, text: config }: { quantile: number; text: TextConfig },
): Foreignness {
  const read = heldOut.map((text) => readPart(text, config));
  const whole = read.map((text) => surpriseOf(text, table));
  const mean = whole.reduce((sum, { mean }) => sum + mean, 0) / whole.length;
  const prefixes = read.flatMap((text) => {
    const words = text.trim().split(/\s+/);
    const shorter = wordsOfPrefixes.filter((count) => count < words.length);
    return shorter.map((count) => surpriseOf(words.slice(0, count).join(' '), table));
  });
  const { between, within } = fitVariance([...whole, ...prefixes], mean);
  const unjudged = { table, mean, between, within, threshold: Number.POSITIVE_INFINITY };
  const scores = Float64Array.from(read, (text) => foreignnessOf(text, unjudged)).sort();
  const place = Math.min(scores.length - 1, Math.ceil((1 - quantile) * scores.length) - 1);
  return { ...unjudged, threshold: scores[Math.max(0, place)] };
}

/**
 * How foreign a text is to the training texts: by how many standard deviations its mean surprise a character is above that
 * of held-out texts, the deviation being that of texts of its length.
 *
 * @param text as much of it as {@link readPart} gives
 */
export function foreignnessOf(text: string, { table, mean, between, within }: Foreignness): number {
  const surprise = surpriseOf(text, table);
  return (surprise.mean - mean) / Math.sqrt(between + within / surprise.grams);
}

function fitVariance(
  surprises: readonly { readonly mean: number; readonly grams: number }[],
  mean: number,
): { between: number; within: number } {
  let [weights, firsts, seconds, squares, products] = [0, 0, 0, 0, 0];
  for (const surprise of surprises) {
    const inverse = 1 / surprise.grams;
    const square = (surprise.mean - mean) ** 2;
    // Squared deviations scatter as their expectation squared, which is about proportional to this.
    const weight = 1 / (0.01 + inverse) ** 2;
    weights += weight;
    firsts += weight * inverse;
    seconds += weight * inverse ** 2;
    squares += weight * square;
    products += weight * square * inverse;
  }
  const determinant = weights * seconds - firsts ** 2;
  // Texts that all have one length do not tell the parts apart.
  if (!(determinant > 1e-12 * weights * seconds)) {
    return { between: Math.max(leastVariance, squares / weights), within: 0 };
  }
  return {
    between: Math.max(leastVariance, (seconds * squares - firsts * products) / determinant),
    within: Math.max(0, (weights * products - firsts * squares) / determinant),
  };
}
