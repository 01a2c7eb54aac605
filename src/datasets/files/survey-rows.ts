import { GrowingIntegers } from '../../arrays/growing-integers.js';
import { UserError } from '../../errors/user-error.js';
import type { Row } from '../../rows/row.js';
import { fileParts, type PartFiles } from './find-split-files.js';
import { FirstPlaces } from './first-places.js';
import { hash64 } from './hash64.js';
import { checkColumns, openRows } from './open-rows.js';
import type { ProblemLog } from './problem-log.js';
import { type FileRecord, recordReader } from './read-record.js';
import type { FilesSettings } from './settings.js';

/** What is remembered of all rows, in the order in which they are read: some numbers a row, no texts. */
export interface SurveyedRows {
  /** Index into `fileParts`; -1 for a row that is left out. */
  readonly part: Int32Array;
  /** The row, this one or one before, that first has the same text. */
  readonly first: Int32Array;
  /** The row that first has the same group; the row itself where it is alone. */
  readonly group: Int32Array;
  /** `[rows + 1]`: a row has `labels` from its offset up to the next one. */
  readonly labelOffsets: Int32Array;
  /** Indices into `labelNames`. */
  readonly labels: Int32Array;
  /** In the order in which they are seen. */
  readonly labelNames: readonly string[];
  /** `[rows, 2]`: a hash of all that an example of this row holds. */
  readonly contents: Int32Array;
  /** By categorical column: the values in the order in which they are seen, and the row's index among them. */
  readonly categories: readonly { readonly names: readonly string[]; readonly values: Int32Array }[];
  /** Number of rows of each part, those left out included. */
  readonly rowsOfPart: readonly number[];
  /** Whether a training row, or a row of any part where there is none, has a list of labels. */
  readonly several: boolean;
  /** Where a row stands. */
  place(row: number): { readonly file: string; readonly line: number };
}

/** More different values than that are hardly categories. */
const maxCategories = 1000;

/** Reads all files once. @throws UserError where one cannot be read, and at the first problem of a strict log */
export async function surveyRows(
  parts: PartFiles,
  settings: FilesSettings,
  { log, signal }: { readonly log: ProblemLog; readonly signal?: AbortSignal },
): Promise<SurveyedRows> {
  const collected = createCollector(settings);
  for (const [index, part] of fileParts.entries()) {
    for (const path of parts[part] ?? []) await surveyFile(path, { index, settings, log, collected, signal });
  }
  return collected.rows();
}

async function surveyFile(
  path: string,
  options: {
    readonly index: number;
    readonly settings: FilesSettings;
    readonly log: ProblemLog;
    readonly collected: ReturnType<typeof createCollector>;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const { index, settings, log, collected, signal } = options;
  const onProblem = (problem: Parameters<ProblemLog['add']>[1]) => log.add('problems in the files', problem);
  const file = await openRows(path, settings, { onProblem });
  checkColumns(file, settings);
  const read = recordReader(settings);
  for await (const portion of file.portions()) {
    signal?.throwIfAborted();
    for (const row of portion) {
      const record = read(row);
      if (typeof record === 'string') {
        log.add('rows that are left out', { file: row.file, line: row.line, message: record });
        collected.skip(row, index);
      } else collected.add(row, record, index);
    }
  }
}

function createCollector({ features, label }: FilesSettings) {
  const categorical = features?.categorical ?? [];
  const [part, first, group, lines, files] = Array.from({ length: 5 }, () => new GrowingIntegers());
  const [labelOffsets, labels, contents] = Array.from({ length: 3 }, () => new GrowingIntegers());
  const categories = categorical.map(() => ({
    names: new Map<string, number>(),
    values: new GrowingIntegers(),
  }));
  const fileNames: string[] = [];
  const labelIndices = new Map<string, number>();
  const texts = new FirstPlaces();
  const groups = new FirstPlaces();
  const rowsOfPart = fileParts.map(() => 0);
  const hasLists = fileParts.map(() => false);

  const indexIn = (names: Map<string, number>, name: string) => {
    const found = names.get(name) ?? names.size;
    names.set(name, found);
    return found;
  };
  const begin = ({ file, line }: Row, index: number) => {
    if (fileNames.at(-1) !== file) fileNames.push(file);
    files.push(fileNames.length - 1);
    lines.push(line);
    labelOffsets.push(labels.length);
    rowsOfPart[index] += 1;
  };

  return {
    skip(row: Row, index: number) {
      const place = part.length;
      begin(row, index);
      part.push(-1);
      first.push(place);
      group.push(place);
      contents.push(0);
      contents.push(0);
      for (const { values } of categories) values.push(-1);
    },
    add(row: Row, record: FileRecord, index: number) {
      const place = part.length;
      begin(row, index);
      part.push(index);
      const ofText = hash64(record.text);
      first.push(texts.add(ofText, place));
      group.push(record.group === undefined ? place : groups.add(hash64(record.group), place));
      for (const name of record.labels) labels.push(indexIn(labelIndices, name));
      if (record.isList) hasLists[index] = true;
      const { labels: names, weight, numbers, categories: values } = record;
      for (const half of hash64(JSON.stringify([ofText, names, weight, numbers, values])))
        contents.push(half);
      for (const [column, { names: known, values: seen }] of categories.entries()) {
        seen.push(indexIn(known, values[column]));
        if (known.size > maxCategories) throw tooManyCategories(categorical[column]);
      }
    },
    rows(): SurveyedRows {
      labelOffsets.push(labels.length);
      const [fileOf, lineOf] = [files.toArray(), lines.toArray()];
      if (labelIndices.size > maxLabelNames) throw tooManyLabels(label as string, labelIndices.size);
      return {
        part: part.toArray(),
        first: first.toArray(),
        group: group.toArray(),
        labelOffsets: labelOffsets.toArray(),
        labels: labels.toArray(),
        labelNames: [...labelIndices.keys()],
        contents: contents.toArray(),
        categories: categories.map(({ names, values }) => ({
          names: [...names.keys()],
          values: values.toArray(),
        })),
        rowsOfPart,
        several: rowsOfPart[0] > 0 ? hasLists[0] : hasLists.includes(true),
        place: (row) => ({ file: fileNames[fileOf[row]], line: lineOf[row] }),
      };
    },
  };
}

/** A model has a column for each label: with more of them the column is most likely no label. */
const maxLabelNames = 10_000;

function tooManyLabels(column: string, count: number): UserError {
  return new UserError(
    `Column ${JSON.stringify(column)} has ${count} different values, too many for labels (at most ${maxLabelNames}).`,
    'Is it a text or a number? Name the column of the labels with --label-column.',
  );
}

function tooManyCategories(column: string): UserError {
  return new UserError(
    `Column ${JSON.stringify(column)} (dataset.features.categorical) has more than ${maxCategories} different values.`,
    'Is it a number? Then name it in dataset.features.numeric; leave out what is different in each row.',
  );
}
