import { type DatasetName, datasetOf } from '../datasets/dataset-table.js';
import type { Contradiction } from './check-layers.js';

/** What of a config the checks look at; the schema itself cannot be imported, it calls them. */
interface CheckedSettings {
  readonly text: {
    readonly lengthUnit: string;
    readonly keep: string;
    readonly tokenizer: string;
    readonly minimumCount: number;
    readonly ngrams: number;
    readonly ngramBuckets: number;
  };
  readonly model: { readonly type: string };
  readonly dataset: { readonly name: DatasetName };
}

type TextKey = keyof CheckedSettings['text'];

/** Settings of `text` that contradict each other, the model or the data set. */
export function checkText({ text, model, dataset }: CheckedSettings): Contradiction[] {
  const problems: Contradiction[] = [];
  const add = (key: TextKey, message: string) => problems.push({ path: [key], message });
  if (text.keep === 'end' && text.lengthUnit !== 'tokens') {
    add(
      'keep',
      `end counts tokens, but text.lengthUnit is ${text.lengthUnit}. Set text.lengthUnit to tokens`,
    );
  }
  const readsInOrder = model.type === 'recurrent' || model.type === 'conv1d';
  if (text.ngrams > 1 && readsInOrder) {
    add(
      'ngrams',
      `${text.ngrams}, but a ${model.type} model reads tokens in their order. Set text.ngrams to 1, or model.type to bagOfWords or averagedEmbedding`,
    );
  }
  if (text.ngramBuckets > 0 && text.ngrams === 1) {
    add(
      'ngramBuckets',
      `${text.ngramBuckets}, but text.ngrams is 1. Set text.ngrams to 2 or more, or text.ngramBuckets to 0`,
    );
  }
  for (const { key, message } of datasetOf(dataset).checkText?.(text) ?? []) add(key, message);
  return problems;
}
