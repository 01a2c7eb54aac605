import type { Split } from '../datasets/split.js';

/**
 * The texts of some examples of a split, which is read through for them; of word ids, the words.
 *
 * @param examples places in the split, from 0
 * @returns by place
 * @throws UserError when the split cannot be read
 */
export async function textsOfExamples(
  split: Split,
  examples: Iterable<number>,
): Promise<Map<number, string>> {
  const wanted = new Set(examples);
  const texts = new Map<number, string>();
  if (wanted.size === 0) return texts;
  if (split.kind === 'ids') {
    const { ids, offsets, words } = await split.read();
    for (const example of wanted) {
      const ofExample = ids.subarray(offsets[example], offsets[example + 1]);
      texts.set(example, Array.from(ofExample, (id) => words[id]).join(' '));
    }
    return texts;
  }
  let place = 0;
  for await (const portion of split.read()) {
    for (const { text } of portion) {
      if (wanted.has(place)) texts.set(place, text);
      place += 1;
    }
    if (texts.size === wanted.size) break;
  }
  return texts;
}
