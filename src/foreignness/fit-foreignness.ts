import type { TextConfig } from '../config/schema.js';
import { truncate } from '../text/truncate.js';
import { excessOf, fitSpread, leastVariance, type Spread } from './fit-spread.js';
import { GramCounter } from './gram-counter.js';
import { type GramModel, surpriseOf } from './gram-model.js';
import { learnModel } from './learn-grams.js';
import { type LidstoneTable, surpriseByTable } from './lidstone-table.js';

/** What tells texts of the training's kind from others: see {@link judgeText}. */
export interface Foreignness extends Spread {
  /** Of runs that were trained with the first version a table. */
  readonly grams: GramModel | LidstoneTable;
  /** Standard deviation of whole held-out texts' surprise: the unit of the score. The first version has none and counts in that of the text's length. */
  readonly deviation?: number;
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
  const words = read.map((text) => text.trim().split(/\s+/));
  const beginnings = wordsOfPrefixes.map((count) =>
    words
      .filter(({ length }) => count < length)
      .map((each) => surpriseOf(each.slice(0, count).join(' '), grams)),
  );
  const spread = fitSpread(whole, beginnings, { quantile });
  const square = whole.reduce((sum, surprise) => sum + (surprise.mean - spread.mean) ** 2, 0) / whole.length;
  return { grams, ...spread, deviation: Math.sqrt(Math.max(leastVariance, square)) };
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
  const { grams, mean, deviation, threshold } = foreignness;
  const surprise = 'tags' in grams ? surpriseOf(text, grams) : surpriseByTable(text, grams);
  const excess = excessOf(surprise, foreignness);
  const score = deviation === undefined ? excess : (surprise.mean - mean) / deviation;
  return { foreignness: score, unknown: excess > threshold, excess };
}
