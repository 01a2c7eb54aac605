import type { TextConfig } from '../config/schema.js';
import type { Example } from '../datasets/split.js';
import { tokenize } from '../text/tokenize.js';
import type { Vocabulary } from '../text/vocabulary.js';
import type { EncodedSplit } from './encoded-split.js';
import { GrowingIntegers } from './growing-integers.js';

/** Texts without labels (all -1) as ids of a vocabulary, in the order given. */
export function encodeTexts(
  texts: readonly string[],
  text: TextConfig,
  vocabulary: Vocabulary,
): EncodedSplit {
  const examples = texts.map((review) => ({ text: review, label: -1 }));
  return encodeExamples(examples, text, (token) => vocabulary.id(token));
}

/** Examples as integers: `idOf` is asked once for each distinct token, in the order in which they first occur. */
export function encodeExamples(
  examples: readonly Example[],
  text: TextConfig,
  idOf: (token: string) => number,
): EncodedSplit {
  const known = new Map<string, number>();
  const ids = new GrowingIntegers();
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach((example, review) => {
    for (const token of tokenize(example.text, text)) {
      let id = known.get(token);
      if (id === undefined) {
        id = idOf(token);
        known.set(token, id);
      }
      ids.push(id);
    }
    offsets[review + 1] = ids.length;
  });
  return { ids: ids.toArray(), offsets, labels: Int32Array.from(examples, ({ label }) => label) };
}
