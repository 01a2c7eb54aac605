import { ownValue } from '../rows/own-value.js';
import type { Row } from '../rows/row.js';
import { writtenValue } from '../rows/written-value.js';
import { ColumnCounts } from './column-counts.js';
import { describeWriting, StopWordCounts } from './guess-language.js';
import type { Found, Inspection, RepeatedPlace } from './inspection.js';
import { LabelCounts } from './label-counts.js';
import { LengthCounts } from './length-counts.js';
import { ScriptCounts } from './script-counts.js';
import { type Place, SeenTexts } from './seen-texts.js';
import { tellingWords } from './telling-words.js';
import { marksIn, type TextMark, textMarks } from './text-marks.js';
import { countedLabels, WordCounts } from './word-counts.js';
import { wordsOf } from './words-of.js';

export interface InspectOptions {
  readonly textColumn: string;
  /** Default: there are no labels. */
  readonly labelColumn?: string;
  /** All columns, in their order; default: as the rows have them. */
  readonly columns?: readonly string[];
  /** The text of a row; default: the value of `textColumn`. */
  readonly textOf?: (row: Row) => string;
  /** The labels of a row; default: the value of `labelColumn`, several of an array, none of null or an empty string. */
  readonly labelsOf?: (row: Row) => readonly string[];
}

/** Places that are named of each finding, and labels whose telling words are given. */
const placesNamed = 5;
const labelsWithWords = 20;

/**
 * Reads rows once and says what they hold, in a memory that does not grow with their number beyond some hundred megabytes.
 * Any rows will do: what is no string is taken as it is written, what is absent as empty.
 *
 * @throws what reading the rows throws
 */
export async function inspectRows(
  portions: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  options: InspectOptions,
): Promise<Inspection> {
  const { textColumn, labelColumn } = options;
  const labelsOf =
    options.labelsOf ?? ((row: Row) => labelsIn(labelColumn && ownValue(row.values, labelColumn)));
  const textOf = options.textOf ?? ((row: Row) => writtenValue(ownValue(row.values, textColumn)));
  const columns = new ColumnCounts(options.columns);
  const labels = new LabelCounts();
  const lengths = { characters: new LengthCounts(), bytes: new LengthCounts(), words: new LengthCounts() };
  const seen = new SeenTexts();
  const scripts = new ScriptCounts();
  const stopWords = new StopWordCounts();
  const wordCounts = new WordCounts();
  const empty = new Findings<Place>();
  const duplicates = new Findings<RepeatedPlace>();
  const contradictions = new Findings<RepeatedPlace>();
  const marks = Object.fromEntries(textMarks.map((mark) => [mark, new Findings<Place>()])) as Record<
    TextMark,
    Findings<Place>
  >;
  let rows = 0;
  let files = 0;
  let lastFile: string | undefined;

  function add(row: Row): void {
    rows += 1;
    if (row.file !== lastFile) files += 1;
    lastFile = row.file;
    columns.add(row.values);
    const place = { file: row.file, line: row.line };
    const text = textOf(row);
    const squeezed = text.trim().replace(/\s+/g, ' ');
    if (squeezed === '') {
      empty.add(place);
      return;
    }
    const { ids, set } = labels.add(labelsOf(row));
    const words = wordsOf(text);
    lengths.characters.add(scripts.add(text));
    lengths.bytes.add(Buffer.byteLength(text));
    lengths.words.add(words.length);
    stopWords.add(words);
    wordCounts.add(words, ids);
    for (const mark of marksIn(text)) marks[mark].add(place);
    const repetition = seen.add(squeezed, place, set);
    if (!repetition) return;
    const { first, isNewContradiction } = repetition;
    duplicates.add({ ...place, first });
    if (isNewContradiction) contradictions.add({ ...place, first });
  }

  for await (const portion of portions) for (const row of portion) add(row);

  const ranked = labels.ranked();
  const { names } = labels;
  const telling = tellingWords(wordCounts, { labels: Math.min(names.length, countedLabels) });
  const hasLabels = options.labelsOf !== undefined || labelColumn !== undefined;
  return {
    rows,
    files,
    columns: columns.summaries(),
    textColumn,
    labelColumn: labelColumn ?? null,
    labels: hasLabels
      ? {
          counts: ranked,
          unlabelled: labels.unlabelled,
          several: labels.several,
          hasMore: labels.hasMore,
        }
      : null,
    lengths: {
      characters: lengths.characters.summary(),
      bytes: lengths.bytes.summary(),
      words: lengths.words.summary(),
    },
    empty: empty.found(),
    duplicates: duplicates.found(),
    contradictions: { texts: contradictions.found().rows, places: contradictions.found().places },
    allCompared: !seen.isFull,
    marks: Object.fromEntries(textMarks.map((mark) => [mark, marks[mark].found()])) as Record<
      TextMark,
      Found
    >,
    writing: describeWriting(scripts.shares(), stopWords),
    tellingWords: ranked
      .slice(0, labelsWithWords)
      .map(({ label }) => ({ label, words: telling[names.indexOf(label)] ?? [] })),
  };
}

/** Counts places and keeps the first of them. */
class Findings<P extends Place> {
  private rows = 0;
  private readonly places: P[] = [];

  add(place: P): void {
    this.rows += 1;
    if (this.places.length < placesNamed) this.places.push(place);
  }

  found(): { readonly rows: number; readonly places: readonly P[] } {
    return { rows: this.rows, places: this.places };
  }
}

function labelsIn(value: unknown): readonly string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((each) => writtenValue(each).trim()).filter((label) => label !== '');
}
