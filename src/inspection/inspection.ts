import type { ColumnSummary } from './column-counts.js';
import type { Writing } from './guess-language.js';
import type { LabelCount } from './label-counts.js';
import type { LengthSummary } from './length-counts.js';
import type { Place } from './seen-texts.js';
import type { TellingWord } from './telling-words.js';
import type { TextMark } from './text-marks.js';

/** How many rows are so, and the first of them. */
export interface Found {
  readonly rows: number;
  /** At most five. */
  readonly places: readonly Place[];
}

/** A repeated text: where it stands, and where it stood first. */
export interface RepeatedPlace extends Place {
  readonly first: Place;
}

/** What data holds; `imdb-rnn inspect --json` prints it. */
export interface Inspection {
  readonly rows: number;
  /** Files that the rows come from; of folders of classes one for each text. */
  readonly files: number;
  readonly columns: readonly ColumnSummary[];
  readonly textColumn: string;
  readonly labelColumn: string | null;
  /** Of texts that are not empty; null without a column of labels. */
  readonly labels: {
    /** The most frequent first. */
    readonly counts: readonly LabelCount[];
    /** Texts without a label, and with two or more. */
    readonly unlabelled: number;
    readonly several: number;
    /** Whether there are more different labels than were counted. */
    readonly hasMore: boolean;
  } | null;
  /** Of texts that are not empty: code points, UTF-8 bytes, words. */
  readonly lengths: {
    readonly characters: LengthSummary;
    readonly bytes: LengthSummary;
    readonly words: LengthSummary;
  };
  /** Texts of nothing but white space, or none. */
  readonly empty: Found;
  /** Texts that came before, white space apart. */
  readonly duplicates: { readonly rows: number; readonly places: readonly RepeatedPlace[] };
  /** Texts that have one label in one row and another elsewhere. */
  readonly contradictions: { readonly texts: number; readonly places: readonly RepeatedPlace[] };
  /** False where there were too many texts to compare each with all before. */
  readonly allCompared: boolean;
  readonly marks: Readonly<Record<TextMark, Found>>;
  readonly writing: Writing;
  /** By label, for the most frequent labels, the most frequent first. */
  readonly tellingWords: readonly { readonly label: string; readonly words: readonly TellingWord[] }[];
}
