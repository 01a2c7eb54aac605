import type { TextConfig } from '../config/schema.js';
import { sortNames } from '../datasets/files/label-names.js';
import type { Example } from '../datasets/split.js';
import type { Row } from '../rows/row.js';
import { tokenize } from '../text/tokenize.js';
import type { InspectOptions } from './inspect-rows.js';
import { LengthCounts, type LengthSummary } from './length-counts.js';

/** Texts of data in tokens, and some of them. */
export interface TokenSample {
  /** Of the texts that are examples: with a text and a label. */
  readonly lengths: LengthSummary;
  /** How many these are. */
  readonly count: number;
  /** Share of the texts that have at most so many tokens. */
  shareWithin(tokens: number): number;
  /** Spread evenly over the data. */
  readonly examples: readonly Example[];
  /** Names of the labels, by index. */
  readonly labels: readonly string[];
}

/**
 * Reads rows and counts their texts' tokens, without any cut; keeps some rows.
 *
 * @param options.every of how many rows one is kept
 * @param options.several whether targets are lists of labels
 */
export async function sampleTokens(
  portions: AsyncIterable<readonly Row[]>,
  options: Required<Pick<InspectOptions, 'textOf' | 'labelsOf'>> & {
    readonly text: TextConfig;
    readonly labels: readonly string[];
    readonly several: boolean;
    readonly every: number;
  },
): Promise<TokenSample> {
  const { textOf, labelsOf, several, every } = options;
  const labels = sortNames(options.labels);
  const indices = new Map(labels.map((name, index) => [name, index]));
  const text: TextConfig = { ...options.text, lengthUnit: 'tokens', maxLength: Number.MAX_SAFE_INTEGER };
  const counts = new LengthCounts();
  const examples: Example[] = [];
  for await (const portion of portions) {
    for (const row of portion) {
      const content = textOf(row);
      const target = labelsOf(row).flatMap((name) => indices.get(name) ?? []);
      if (content.trim() === '' || (target.length === 0 && !several)) continue;
      counts.add(tokenize(content, text).length);
      if ((counts.texts - 1) % every === 0)
        examples.push({ text: content, target: several ? target : target[0] });
    }
  }
  return {
    lengths: counts.summary(),
    count: counts.texts,
    shareWithin: (tokens) => counts.shareWithin(tokens),
    examples,
    labels,
  };
}
