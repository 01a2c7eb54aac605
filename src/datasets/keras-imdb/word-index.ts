import { UserError } from '../../errors/user-error.js';
import { textOfBytes } from '../../rows/text-of-bytes.js';
import { KerasFileError } from './keras-file-error.js';
import type { KerasImdbSettings } from './settings.js';

/** Words and their numbers, from 1, the most frequent word first: imdb_word_index.json. */
export type WordIndex = ReadonlyMap<string, number>;

/** No file says more; a larger number would ask for a list of that length. */
const highestNumber = 10_000_000;

/** @throws KerasFileError when it is no JSON object of words with different numbers from 1 */
export function parseWordIndex(content: Buffer): WordIndex {
  const value = parsed(content);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new KerasFileError('it is no JSON object of words and their numbers.');
  }
  const entries = Object.entries(value as Record<string, unknown>);
  const seen = new Set<unknown>();
  for (const [word, number] of entries) {
    const isNumber =
      Number.isInteger(number) && (number as number) >= 1 && (number as number) <= highestNumber;
    if (!isNumber || seen.has(number) || !/^[^\r\n]+$/.test(word)) {
      throw new KerasFileError(
        `expected words with numbers of their own from 1, got ${JSON.stringify([word, number])}.`,
      );
    }
    seen.add(number);
  }
  return new Map(entries as [string, number][]);
}

/**
 * The names of all ids: `<pad>`, `<sos>`, `<unk>`, then, behind `indexFrom`, the words that are below `numWords` (and not
 * below `skipTop`). An id without a word is called `<unused-3>`.
 *
 * @param options.highestId of the reviews, which may hold ids that the index has no word for
 */
export function wordsById(
  index: WordIndex,
  { startChar, oovChar, indexFrom, skipTop }: KerasImdbSettings,
  { numWords, highestId }: { numWords: number; highestId: number },
): string[] {
  const isIn = (id: number) => id >= skipTop && id < numWords;
  const named = new Map<number, string>([[0, '<pad>']]);
  if (startChar !== null && isIn(startChar)) named.set(startChar, '<sos>');
  if (oovChar !== null) named.set(oovChar, '<unk>');
  for (const [word, number] of index) if (isIn(number + indexFrom)) named.set(number + indexFrom, word);
  const highest = [...named.keys()].reduce((most, id) => Math.max(most, id), highestId);
  return Array.from({ length: highest + 1 }, (_, id) => named.get(id) ?? `<unused-${id}>`);
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(textOfBytes(content, 'it'));
  } catch (error) {
    if (error instanceof UserError) throw new KerasFileError(error.message, { cause: error });
    return undefined;
  }
}
