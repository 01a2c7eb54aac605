import type { IdSplit, Split, TextSplit } from '../datasets/split.js';

/**
 * The texts of some examples of a split, by their places; of a split of word ids, its words. Of the others none is kept.
 *
 * @throws UserError when the split is damaged or gone
 */
export async function readTexts(split: Split, examples: readonly number[]): Promise<Map<number, string>> {
  if (examples.length === 0) return new Map();
  return split.kind === 'ids' ? readWords(split, examples) : readPortions(split, new Set(examples));
}

async function readPortions(split: TextSplit, wanted: ReadonlySet<number>): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  let before = 0;
  for await (const portion of split.read()) {
    portion.forEach(({ text }, place) => {
      if (wanted.has(before + place)) texts.set(before + place, text);
    });
    before += portion.length;
    if (texts.size === wanted.size) break;
  }
  return texts;
}

async function readWords(split: IdSplit, examples: readonly number[]): Promise<Map<number, string>> {
  const { ids, offsets, words } = await split.read();
  return new Map(
    examples.map((example) => {
      const ofExample = Array.from(ids.subarray(offsets[example], offsets[example + 1]));
      return [example, ofExample.map((id) => words[id]).join(' ')];
    }),
  );
}
