import { type DatasetName, datasetOf } from '../datasets/dataset-table.js';
import type { Contradiction } from './check-layers.js';

/** What of a config the checks look at; the schema itself cannot be imported, it calls them. */
interface CheckedSettings {
  readonly text: {
    readonly lengthUnit: string;
    readonly keep: string;
    readonly excerpts: string | number;
    readonly digits: string;
    readonly tokenizer: string;
    readonly letters: string;
    readonly language: string;
    readonly vocabularySize: number;
    readonly minimumCount: number;
    readonly ngrams: number;
    readonly ngramBuckets: number;
  };
  readonly model: { readonly type: string; readonly wide?: unknown };
  readonly dataset: { readonly name: DatasetName };
}

type TextKey = keyof CheckedSettings['text'];

/** Settings of `text` that contradict each other, the model or the data set. */
export function checkText({ text, model, dataset }: CheckedSettings): Contradiction[] {
  const problems: Contradiction[] = [];
  const add = (key: TextKey, message: string) => problems.push({ path: [key], message });
  if (text.keep !== 'start' && text.lengthUnit !== 'tokens') {
    add(
      'keep',
      `${text.keep} counts tokens, but text.lengthUnit is ${text.lengthUnit}. Set text.lengthUnit to tokens`,
    );
  }
  if (text.excerpts === 'windows' && text.lengthUnit === 'tokens') {
    add(
      'excerpts',
      'windows, but text.lengthUnit is tokens, which tells nothing of where in a text a window ends. Set text.lengthUnit to characters or bytes, or text.excerpts to a number of parts',
    );
  }
  problems.push(...tokenizerProblems(text));
  const isWide = model.type === 'recurrent' && model.wide !== 'none';
  const readsInOrder = (model.type === 'recurrent' || model.type === 'conv1d') && !isWide;
  if (text.ngrams > 1 && readsInOrder) {
    const or = model.type === 'recurrent' ? ', give it model.wide, which reads runs beside them' : '';
    add(
      'ngrams',
      `${text.ngrams}, but a ${model.type} model reads tokens in their order. Set text.ngrams to 1${or}, or model.type to bagOfWords or averagedEmbedding`,
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

/** Settings that the chosen tokenizer never looks at, or cannot have. */
function tokenizerProblems(text: CheckedSettings['text']): Contradiction[] {
  const problems: Contradiction[] = [];
  const add = (key: TextKey, message: string) => problems.push({ path: [key], message });
  const { tokenizer } = text;
  if (text.letters !== 'ascii' && tokenizer !== 'letters') {
    add(
      'letters',
      `${text.letters}, but it goes with the tokenizer letters alone; text.tokenizer is ${tokenizer}, which knows the letters of all alphabets. Leave text.letters out, or set text.tokenizer to letters`,
    );
  }
  if (text.digits === 'zero' && tokenizer === 'letters') {
    add(
      'digits',
      'zero, but the tokenizer letters leaves all digits out. Leave text.digits out, or set text.tokenizer to punctuation',
    );
  }
  if (text.language !== 'und' && tokenizer !== 'words') {
    add(
      'language',
      `${text.language}, but it goes with the tokenizer words alone; text.tokenizer is ${tokenizer}. Leave text.language out, or set text.tokenizer to words`,
    );
  }
  if (tokenizer !== 'subwords') return problems;
  if (text.ngrams > 1) {
    add(
      'ngrams',
      `${text.ngrams}, but subwords have no runs. Set text.ngrams to 1, or take another tokenizer`,
    );
  }
  if (text.vocabularySize < fewestSubwords) {
    add(
      'vocabularySize',
      `${text.vocabularySize}, but subwords begin with the padding token and 256 bytes. Set text.vocabularySize to ${fewestSubwords} or more`,
    );
  }
  return problems;
}

/** The padding token and a token for every byte. */
const fewestSubwords = 257;
