import type { TextConfig } from '../config/schema.js';
import { truncate } from '../text/truncate.js';
import { GramCounter } from './gram-counter.js';
import { type GramModel, surpriseOf } from './gram-model.js';
import { learnModel } from './learn-grams.js';
import { type LidstoneTable, surpriseByTable } from './lidstone-table.js';

/** What tells texts of the training's kind from others: see {@link judgeText}. */
export interface Foreignness {
  /** Of runs that were trained with the first version a table. */
  readonly grams: GramModel | LidstoneTable;
  /** Mean surprise of held-out texts, in nats a character. */
  readonly mean: number;
  /** Variance of a text's surprise: `between` texts, however long they are, plus `within` divided by its characters. */
  readonly between: number;
  readonly within: number;
  /** Standard deviation of whole held-out texts' surprise: the unit of the score. The first version has none and counts in that of the text's length. */
  readonly deviation?: number;
  /** A text is none of the model's whose surprise is above the mean by more than so many standard deviations of texts of its length. */
  readonly threshold: number;
}

/** As this version fits it, and as files are written. */
export interface FittedForeignness extends Foreignness {
  readonly grams: GramModel;
  readonly deviation: number;
}

/** What is said of one text. */
export interface Judgement {
  /** How far its surprise is above that of held-out texts, in their standard deviations. */
  readonly foreignness: number;
  readonly unknown: boolean;
  /** The same in standard deviations of texts of its length, which {@link Foreignness.threshold} is compared with. */
  readonly excess: number;
}

/** Held-out texts are also looked at when only so many of their words are there: short texts must not be called foreign. */
const wordsOfPrefixes = [2, 4, 8, 16, 32];

/** Variances below are taken for this: nats squared. */
const leastVariance = 1e-6;

/** What of a text counts: as much as the model reads, where that is counted in characters or bytes. */
export function readPart(text: string, config: TextConfig): string {
  return truncate(text, config);
}

/** Learns from training texts what a character costs. */
export function learnGrams(texts: Iterable<string>, config: TextConfig): GramModel {
  const counter = new GramCounter();
  for (const text of texts) counter.add(readPart(text, config));
  return learnModel(counter.counts);
}

/**
 * Fits what held-out texts are like, and a threshold that the given share of them exceeds.
 *
 * The variance's two parts are fitted by least squares to the squared deviations of the texts and of their beginnings,
 * weighted so that each length counts by its own variance.
 *
 * @param heldOut texts that the model was not learnt from, at least one
 * @param options.quantile share of them that is called foreign, above 0 and below 1
 */
export function fitForeignness(
  grams: GramModel,
  heldOut: readonly string[],
  { quantile, text: config }: { quantile: number; text: TextConfig },
): FittedForeignness {
  const read = heldOut.map((text) => readPart(text, config));
  const whole = read.map((text) => surpriseOf(text, grams));
  const mean = whole.reduce((sum, { mean }) => sum + mean, 0) / whole.length;
  const prefixes = read.flatMap((text) => {
    const words = text.trim().split(/\s+/);
    const shorter = wordsOfPrefixes.filter((count) => count < words.length);
    return shorter.map((count) => surpriseOf(words.slice(0, count).join(' '), grams));
  });
  const { between, within } = fitVariance([...whole, ...prefixes], mean);
  const square = whole.reduce((sum, surprise) => sum + (surprise.mean - mean) ** 2, 0) / whole.length;
  const deviation = Math.sqrt(Math.max(leastVariance, square));
  const unjudged = { grams, mean, between, within, deviation, threshold: Number.POSITIVE_INFINITY };
  const scores = Float64Array.from(read, (text) => judgeText(text, unjudged).excess).sort();
  const place = Math.min(scores.length - 1, Math.ceil((1 - quantile) * scores.length) - 1);
  return { ...unjudged, threshold: scores[Math.max(0, place)] };
}

/**
 * How foreign a text is to the training texts, and whether it is called so.
 *
 * The score is how far its mean surprise a character is above that of held-out texts. Chance moves that of few characters further,
 * so what is called foreign is by how many standard deviations of texts of its length it is above: a short text of the right
 * kind is not foreign for being short.
 *
 * @param text as much of it as {@link readPart} gives
 */
export function judgeText(text: string, foreignness: Foreignness): Judgement {
  const { grams, mean, between, within, deviation, threshold } = foreignness;
  const surprise = 'tags' in grams ? surpriseOf(text, grams) : surpriseByTable(text, grams);
  const ofLength = Math.sqrt(between + within / surprise.grams);
  const excess = (surprise.mean - mean) / ofLength;
  const unknown = excess > threshold;
  return { foreignness: (surprise.mean - mean) / (deviation ?? ofLength), unknown, excess };
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
