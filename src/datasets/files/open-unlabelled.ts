import { createHash } from 'node:crypto';
import { UserError } from '../../errors/user-error.js';
import { ownValue } from '../../rows/own-value.js';
import type { RowFile } from '../../rows/row.js';
import type { Example, TextSplit } from '../split.js';
import { cellText } from './cells.js';
import { missingColumn, openRows } from './open-rows.js';
import { createProblemLog, describeProblems, type Problem } from './problem-log.js';
import { columnMark, textColumnsOf } from './read-record.js';
import { nameFiles } from './resolve-files.js';
import type { FilesSettings } from './settings.js';

/**
 * Files of texts without labels as a split. Rows without a text are passed over. They are read once to be counted, and again
 * whenever the split is read. What is wrong with them is told the first time.
 *
 * @param paths absolute
 * @param settings with the columns of the training files; the files may be of another format, and a file of one column needs none
 *   of that name
 * @throws UserError where a file cannot be read, has no such column, or holds no text at all; when strict, at the first problem
 */
export async function openUnlabelled(
  paths: readonly string[],
  settings: FilesSettings,
  { labels, onNote }: { readonly labels: readonly string[]; readonly onNote?: (text: string) => void },
): Promise<TextSplit> {
  const hash = createHash('sha256');
  const log = createProblemLog(settings);
  const onProblem = (problem: Problem) => log.add('problems in the files without labels', problem);
  let count = 0;
  for await (const portion of readTexts(paths, settings, { onProblem })) {
    for (const { text } of portion) hash.update(`${text.length} ${text}`);
    count += portion.length;
  }
  if (count === 0) {
    throw new UserError(
      `${nameFiles(paths)} ${paths.length === 1 ? 'holds' : 'hold'} no text (dataset.unsupervised).`,
      'Name a file of texts.',
    );
  }
  for (const line of describeProblems(log.groups())) onNote?.(line);
  const facts = { name: 'unsupervised', labels, count, contentHash: hash.digest('hex') } as const;
  return { kind: 'texts', ...facts, read: () => readTexts(paths, settings) };
}

async function* readTexts(
  paths: readonly string[],
  settings: FilesSettings,
  { onProblem = () => {} }: { readonly onProblem?: (problem: Problem) => void } = {},
): AsyncGenerator<readonly Example[]> {
  const written = { ...settings, format: undefined, delimiter: undefined };
  for (const path of paths) {
    const file = await openRows(path, written, { onProblem });
    const columns = textColumns(file, settings);
    for await (const portion of file.portions()) {
      const texts = portion.flatMap(({ values }) => {
        const cells = columns.map((column) => cellText(ownValue(values, column)) ?? '');
        return cells.every((cell) => cell.trim() === '') ? [] : [cells.join(columnMark)];
      });
      if (texts.length > 0) yield texts.map((text): Example => ({ text, target: -1 }));
    }
  }
}

function textColumns(file: RowFile, settings: FilesSettings): readonly string[] {
  const wanted = textColumnsOf(settings);
  const missing = wanted.find((column) => !file.columns.includes(column));
  if (missing === undefined) return wanted;
  if (wanted.length === 1 && file.columns.length === 1) return file.columns;
  throw missingColumn(file, missing, ', which is the text of the training examples');
}
