import { type EncodedSplit, exampleCount } from './encoded-split.js';

/** `[texts]`: the example that is the text as it is read in use. */
export function textsThemselves(encoded: EncodedSplit): Int32Array {
  return (
    textsOf(encoded)?.slice(0, -1) ??
    Int32Array.from({ length: exampleCount(encoded) }, (_, example) => example)
  );
}

/** The examples that are the texts asked for or excerpts of them, text after text. */
export function excerptsOfTexts(encoded: EncodedSplit, texts: Int32Array): Int32Array {
  const starts = textsOf(encoded);
  if (!starts) return texts;
  const examples = new Int32Array(texts.reduce((sum, text) => sum + starts[text + 1] - starts[text], 0));
  let end = 0;
  for (const text of texts) {
    for (let example = starts[text]; example < starts[text + 1]; example++) examples[end++] = example;
  }
  return examples;
}

/** A view has examples alone: whoever makes one has chosen among the excerpts. */
const textsOf = (encoded: EncodedSplit) => (encoded.offsets ? encoded.texts : undefined);
