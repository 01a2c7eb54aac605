import { UserError } from '../errors/user-error.js';
import { findDelimiter } from './find-delimiter.js';
import type { RowFormat } from './row.js';
import { rowFormats } from './row.js';

const endings: Readonly<Record<string, RowFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
  parquet: 'parquet',
  pq: 'parquet',
  ft: 'fasttext',
  fasttext: 'fasttext',
  txt: 'txt',
};

/** The ending that tells a file's format: the last, or the one before `.gz` and the like. */
const endingOf = (path: string) =>
  /\.([^./\\]+)$/.exec(path.toLowerCase().replace(/\.(gz|gzip|zst|zstd)$/, ''))?.[1] ?? '';

/**
 * A text file's format by its name's ending; where that does not tell, by its first lines.
 *
 * @throws UserError where neither tells
 */
export function findFormat(path: string, head: string): RowFormat {
  const named = endings[endingOf(path)];
  const start = head.trimStart();
  const fastText = start.startsWith('__label__');
  if (named === 'json' && start.startsWith('{')) return 'jsonl';
  if (named === 'txt' && fastText) return 'fasttext';
  if (named) return named;
  if (start.startsWith('[')) return 'json';
  if (start.startsWith('{')) return 'jsonl';
  if (fastText) return 'fasttext';
  const { delimiter, fields, agreement } = findDelimiter(head, '"');
  if (fields > 1 && agreement > 0.9) return delimiter === '\t' ? 'tsv' : 'csv';
  throw new UserError(
    `${path}: neither its name nor its first lines tell its format.`,
    `Say which it is: ${rowFormats.join(', ')}. A file with one text on each line is "txt".`,
  );
}
