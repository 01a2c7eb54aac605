import { tokenText } from '../text/token-text.js';
import { startToken, type Vocabulary } from '../text/vocabulary.js';

/**
 * Why an answer means little: the text is empty, or the model knows none of its words. Undefined where it knows one.
 *
 * @param ids the text's, as the vocabulary encodes it
 */
export function noteOnText(text: string, ids: Int32Array, vocabulary: Vocabulary): string | undefined {
  if (ids.some((id) => isKnown(id, vocabulary))) return undefined;
  if (text.trim() === '') return 'empty text';
  const features = vocabulary.features(text);
  const { tokenizer } = vocabulary.text;
  const unit = tokenizer === 'characters' || tokenizer === 'subwords' ? 'character' : 'word';
  return features.every((feature) => isBlank(feature, vocabulary)) ? `no ${unit} in it` : `no known ${unit}`;
}

/**
 * Ids that many words, or runs of words, share say nothing of one: only a known word has a token of its own. A subword
 * that is a part of a character tells that no text with this character was learned from.
 */
function isKnown(id: number, vocabulary: Vocabulary): boolean {
  const token = vocabulary.token(id);
  if (token === undefined || isBlank(token, vocabulary) || vocabulary.isOov(id)) return false;
  return tokenText(token, vocabulary.text) !== undefined;
}

function isBlank(feature: string, vocabulary: Vocabulary): boolean {
  return feature === startToken || tokenText(feature, vocabulary.text)?.trim() === '';
}
