import type { Example, IdExamples, Split } from './split.js';

/**
 * All examples of a split at once, for whoever needs them so. Of word ids the words in a row: as much of the texts as the ids
 * keep.
 *
 * @throws UserError when the files are damaged or gone
 */
export async function readAll(split: Split): Promise<Example[]> {
  if (split.kind === 'ids') return asTexts(await split.read());
  const examples: Example[] = [];
  for await (const portion of split.read()) for (const example of portion) examples.push(example);
  return examples;
}

function asTexts({ ids, offsets, targets, words }: IdExamples): Example[] {
  return Array.from({ length: offsets.length - 1 }, (_, example) => {
    const text = Array.from(ids.subarray(offsets[example], offsets[example + 1]), (id) => words[id]).join(
      ' ',
    );
    const { values, offsets: places } = targets;
    const target = places ? [...values.subarray(places[example], places[example + 1])] : values[example];
    return { text, target };
  });
}
