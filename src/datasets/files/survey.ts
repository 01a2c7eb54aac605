import { createHash } from 'node:crypto';
import { type FilePart, fileParts, type PartFiles } from './find-split-files.js';
import { holdOut } from './hold-out.js';
import { sortNames } from './label-names.js';
import { createProblemLog, type ProblemGroup } from './problem-log.js';
import type { FilesSettings } from './settings.js';
import { describeRows, noteDuplicates, noteShared } from './survey-findings.js';
import { leaveUnknownOut, trainingLabels } from './survey-labels.js';
import { type SurveyedRows, surveyRows } from './survey-rows.js';

/** What one pass over the files finds: enough to read the examples of each split later, one after another. */
export interface Survey {
  /** Names of the labels, by index. */
  readonly labels: readonly string[];
  /** Whether examples have lists of labels. */
  readonly several: boolean;
  /** The values of each categorical column that have a number of their own. */
  readonly categories: readonly (readonly string[])[];
  /** Examples of each split. */
  readonly counts: Readonly<Record<FilePart, number>>;
  /** Of each split: SHA-256 (hex) of what its examples hold, whatever the files look like. */
  readonly contentHashes: Readonly<Record<FilePart, string>>;
  /** Rows of the files of each part, in the order of `fileParts`. */
  readonly rowsOfPart: readonly number[];
  /** Of each row, in the order in which the files are read: 0 left out, else 1 + the index of its split in `fileParts`. */
  readonly sides: Uint8Array;
  /** What the user should know of the data, as lines. */
  readonly notes: readonly string[];
  /** What is wrong with it. */
  readonly problems: readonly ProblemGroup[];
}

/** Files that were surveyed: all that opening a split needs. */
export interface SurveyedFiles {
  readonly parts: PartFiles;
  /** Filled in. */
  readonly settings: FilesSettings;
  readonly survey: Survey;
}

export interface SurveyOptions {
  /** The labels, where they are known already, as of a run; then no training rows are needed. */
  readonly labels?: readonly string[];
}

/**
 * Reads all files once.
 *
 * @param settings with all columns filled in
 * @throws UserError where files cannot be read, where there are no labels to tell apart, or where validation or test rows
 * have labels that training lacks; when strict, at the first problem
 */
export async function survey(
  parts: PartFiles,
  settings: FilesSettings,
  options: SurveyOptions = {},
): Promise<Survey> {
  const log = createProblemLog(settings);
  const rows = await surveyRows(parts, settings, log);
  const leftOut = Uint8Array.from(rows.part, (part) => Number(part < 0));
  const labels = options.labels ?? trainingLabels(rows, settings);
  leaveUnknownOut(rows, leftOut, { known: labels, settings, log });
  const duplicates = noteDuplicates(rows, leftOut, settings);
  const hasPart = fileParts.map((part) => parts[part] !== undefined);
  const sides = holdOut(rows, settings, { leftOut, hasPart });
  noteShared(rows, sides, log);
  const categories = settings.features?.categories ?? categoriesOf(rows, sides);
  const bySide = <Value>(ofSide: (side: number) => Value) =>
    Object.fromEntries(fileParts.map((part, index) => [part, ofSide(index + 1)])) as Record<FilePart, Value>;
  const counts = bySide((side) => sides.reduce((count, other) => count + Number(other === side), 0));
  const { features } = settings;
  const columns = [rows.several, features?.numeric.length ?? 0, categories];
  return {
    ...{ labels, several: rows.several, categories, counts },
    contentHashes: bySide((side) => hashOfSide(rows, { sides, side, columns })),
    ...{ rowsOfPart: rows.rowsOfPart, sides },
    notes: [...duplicates, ...describeRows(rows, sides, { labels, counts, parts })],
    problems: log.groups(),
  };
}

/** The values that training rows have, but not the empty one: it has zeros everywhere. */
function categoriesOf({ categories }: SurveyedRows, sides: Uint8Array): string[][] {
  return categories.map(({ names, values }) => {
    const seen = new Set<string>();
    values.forEach((value, row) => {
      if (sides[row] === 1) seen.add(names[value]);
    });
    return sortNames([...seen].filter((name) => name !== ''));
  });
}

function hashOfSide(
  { contents }: SurveyedRows,
  { sides, side, columns }: { sides: Uint8Array; side: number; columns: unknown },
): string {
  const hash = createHash('sha256').update(JSON.stringify(columns));
  const halves: number[] = [];
  const flush = () => hash.update(Int32Array.from(halves.splice(0)));
  sides.forEach((other, row) => {
    if (other !== side) return;
    halves.push(contents[2 * row], contents[2 * row + 1]);
    if (halves.length >= 8192) flush();
  });
  flush();
  return hash.digest('hex');
}
