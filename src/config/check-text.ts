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
  readonly dataset: { readonly name: string };
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
  if (dataset.name === 'keras-imdb') problems.push(...kerasProblems(text));
  return problems;
}

/** keras-imdb has word ids: how texts would become tokens and ids is not for `text` to say. */
function kerasProblems(text: CheckedSettings['text']): Contradiction[] {
  const problems: Contradiction[] = [];
  const add = (key: TextKey, message: string) => problems.push({ path: [key], message });
  if (text.lengthUnit !== 'tokens') {
    add(
      'lengthUnit',
      `${text.lengthUnit}, but keras-imdb has word ids, no letters. Set text.lengthUnit to tokens, and text.maxLength to the ids to read of an example`,
    );
  }
  if (text.ngrams > 1)
    add('ngrams', `${text.ngrams}, but keras-imdb has words alone. Set it to 1, or take acl-imdb`);
  if (text.tokenizer === 'punctuation') {
    add('tokenizer', "punctuation, but the words of keras-imdb were split by Keras' Tokenizer. Leave it out");
  }
  if (text.minimumCount > 1) {
    add(
      'minimumCount',
      `${text.minimumCount}, but keras-imdb does not count its words anew. Limit them with dataset.numWords`,
    );
  }
  return problems;
}
