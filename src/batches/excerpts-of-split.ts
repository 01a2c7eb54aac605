import { createHash } from 'node:crypto';
import type { TextConfig } from '../config/schema.js';
import type { Example, Split, TextSplit } from '../datasets/split.js';
import { partsOf } from '../text/parts.js';
import { furtherWindows } from '../text/windows.js';

/**
 * What is learnt from of a training split: the split itself or, where `text.excerpts` asks for them, excerpts of its texts
 * beside the texts. Each is an example of its own, which has all that the text has. `count` stays the number of texts.
 */
export function excerptsOfSplit(split: TextSplit, text: TextConfig): TextSplit;
export function excerptsOfSplit(split: Split, text: TextConfig): Split;
export function excerptsOfSplit(split: Split, text: TextConfig): Split {
  const { excerpts, maxLength, lengthUnit } = text;
  if (excerpts === 'none' || split.kind === 'ids') return split;
  const named = [split.contentHash, excerpts, ...(excerpts === 'windows' ? [maxLength, lengthUnit] : [])];
  const contentHash = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  return { ...split, contentHash, read: () => readExcerpts(split.read(), text) };
}

async function* readExcerpts(
  portions: AsyncIterable<readonly Example[]>,
  text: TextConfig,
): AsyncGenerator<readonly Example[]> {
  for await (const portion of portions) {
    yield portion.flatMap((example) => [
      example,
      ...furtherOf(example.text, text).map((excerpt) => ({ ...example, text: excerpt, isFurther: true })),
    ]);
  }
}

function furtherOf(text: string, { excerpts, maxLength, lengthUnit }: TextConfig): string[] {
  if (excerpts === 'none') return [];
  return excerpts === 'windows' ? furtherWindows(text, { maxLength, lengthUnit }) : partsOf(text, excerpts);
}
