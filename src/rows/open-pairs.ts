import { UserError } from '../errors/user-error.js';
import { type ExaminedText, examineFile } from './examine-file.js';
import { pairRows } from './pair-rows.js';
import { rowFileOf } from './reading.js';
import type { RowFile, RowFileOptions } from './row.js';

/**
 * A file of texts and, in `options.labels`, the file of their labels.
 *
 * @throws UserError where there is no file of labels, or one of them is no text
 */
export async function openPairs(path: string, options: RowFileOptions): Promise<RowFile> {
  const { format, labels } = options;
  if (labels === undefined) {
    throw new UserError(
      `${path} is a file of texts without a file of labels.`,
      'Name the file whose line n is the label of line n (labels).',
    );
  }
  if (format !== undefined && format !== 'pairs') {
    throw new UserError(
      `${path} is given with a file of labels, which the format "${format}" does not have.`,
      'Leave the format or the file of labels out.',
    );
  }
  const texts = await examineText(path, options);
  const names = await examineText(labels, options);
  return rowFileOf(
    { path, format: 'pairs', compression: texts.compression, encoding: texts.encoding },
    {
      withoutRows: 'holds no lines',
      read: ({ reportIn }) => pairRows(texts, names, { texts: reportIn(path), labels: reportIn(labels) }),
    },
    options,
  );
}

async function examineText(path: string, options: RowFileOptions): Promise<ExaminedText> {
  const examined = await examineFile(path, options);
  if (examined !== 'parquet') return examined;
  throw new UserError(
    `${path} is a Parquet file, a text file was expected.`,
    'Give it alone, without labels.',
  );
}
