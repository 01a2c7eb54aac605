import { createHash } from 'node:crypto';
import type { Example, IdExamples, Split, Targets } from './split.js';

/**
 * Some examples of a split, as a split of their own.
 *
 * @param examples their places among all, rising
 */
export function partOfSplit(split: Split, examples: Int32Array): Split {
  const places = Buffer.from(examples.buffer, examples.byteOffset, examples.byteLength);
  const contentHash = createHash('sha256').update(split.contentHash).update(places).digest('hex');
  const facts = { contentHash, count: examples.length };
  if (split.kind === 'texts') return { ...split, ...facts, read: () => chosen(split.read(), examples) };
  return { ...split, ...facts, read: async () => chosenIds(await split.read(), examples) };
}

async function* chosen(
  portions: AsyncIterable<readonly Example[]>,
  examples: Int32Array,
): AsyncGenerator<readonly Example[]> {
  let [before, next] = [0, 0];
  for await (const portion of portions) {
    const part: Example[] = [];
    for (; next < examples.length && examples[next] < before + portion.length; next++) {
      part.push(portion[examples[next] - before]);
    }
    before += portion.length;
    if (part.length > 0) yield part;
  }
}

function chosenIds({ ids, offsets, targets, words }: IdExamples, examples: Int32Array): IdExamples {
  const taken = takeLists({ values: ids, offsets }, examples);
  return {
    ...{ ids: taken.values, offsets: taken.offsets, words },
    targets: targets.offsets
      ? takeLists({ values: targets.values, offsets: targets.offsets }, examples)
      : { values: examples.map((example) => targets.values[example]) },
  };
}

function takeLists({ values, offsets }: Required<Targets>, examples: Int32Array): Required<Targets> {
  const ends = new Int32Array(examples.length + 1);
  examples.forEach((example, place) => {
    ends[place + 1] = ends[place] + offsets[example + 1] - offsets[example];
  });
  const taken = new Int32Array(ends[examples.length]);
  examples.forEach((example, place) => {
    taken.set(values.subarray(offsets[example], offsets[example + 1]), ends[place]);
  });
  return { values: taken, offsets: ends };
}
