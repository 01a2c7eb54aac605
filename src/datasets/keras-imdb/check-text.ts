import type { CheckedText, TextProblem } from '../dataset.js';

/** The data set has word ids: how texts would become tokens and ids is not for `text` to say. */
export function checkText(text: CheckedText): readonly TextProblem[] {
  const problems: TextProblem[] = [];
  const add = (key: keyof CheckedText, message: string) => problems.push({ key, message });
  if (text.lengthUnit !== 'tokens') {
    add(
      'lengthUnit',
      `${text.lengthUnit}, but keras-imdb has word ids, no letters. Set text.lengthUnit to tokens, and text.maxLength to the ids to read of a review`,
    );
  }
  if (text.excerpts !== 'none')
    add('excerpts', `${text.excerpts}, but keras-imdb has no texts to take them from. Leave it out`);
  if (text.ngrams > 1)
    add('ngrams', `${text.ngrams}, but keras-imdb has words alone. Set it to 1, or take acl-imdb`);
  if (text.tokenizer !== 'letters' && text.tokenizer !== 'keras') {
    add(
      'tokenizer',
      `${text.tokenizer}, but the words of keras-imdb were split by Keras' Tokenizer. Leave it out`,
    );
  }
  if (text.minimumCount > 1) {
    add(
      'minimumCount',
      `${text.minimumCount}, but keras-imdb does not count its words anew. Limit them with dataset.numWords`,
    );
  }
  return problems;
}
