import type { Example, FeatureColumn, TextSplit } from '../../src/datasets/split.js';
import { tinyExamples } from '../training/tiny-data.js';

export const featureColumns: FeatureColumn[] = [
  { name: 'price', kind: 'numeric' },
  { name: 'is new', kind: 'category' },
];

/** Texts that say nothing of their label, which the price beside them tells; every third counts half. */
export function pricedExamples(count: number): Example[] {
  return tinyExamples(count).map((_, i) => ({
    text: ['the film was a story', 'people and their dog', 'a film'][i % 3],
    target: i % 4 === 0 ? 1 : 0,
    weight: i % 3 === 0 ? 0.5 : 1,
    features: [i % 4 === 0 ? 1_000 + i : 200 - i, i % 2],
  }));
}

/** A split as a data set of people's own files gives it. */
export function splitOf(
  examples: readonly Example[],
  facts: Partial<Pick<TextSplit, 'name' | 'contentHash' | 'features'>> = {},
): TextSplit {
  return {
    ...{ kind: 'texts', name: 'train', labels: ['negative', 'positive'], count: examples.length },
    contentHash: 'priced',
    ...(examples[0].features && { features: featureColumns }),
    ...facts,
    read: async function* () {
      yield examples.slice(0, 7);
      yield examples.slice(7);
    },
  };
}
