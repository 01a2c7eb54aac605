import { UserError } from '../errors/user-error.js';
import { isObject, jsonFault, kindOf } from './parse-line.js';
import type { ReportProblem } from './report-problem.js';
import type { Row } from './row.js';
import { type TextSource, textBlocks } from './text-blocks.js';

/** A record that is longer, in characters, is a bracket or quote that was not closed. */
const maxRecordLength = 32 * 1024 * 1024;

/** Where the reading stands between two blocks: the text from `begin` on is a record that has not ended. */
interface Scan {
  text: string;
  at: number;
  begin: number;
  depth: number;
  inString: boolean;
  place: 'before' | 'inside' | 'behind';
  /** Records that have ended. */
  ended: number;
}

/**
 * The rows of a JSON array of objects, or of strings (column `text`), one record after another: the file need not fit
 * into memory. Rows are numbered instead of lines. A record that is no JSON, or neither object nor string, is reported.
 *
 * @throws UserError where the file is no array, ends within it or goes on after it, or a record is longer than 32 Mi characters
 */
export async function* jsonArrayRows(
  source: TextSource,
  report: ReportProblem,
): AsyncGenerator<readonly Row[]> {
  const { path } = source;
  const scan: Scan = { text: '', at: 0, begin: 0, depth: 0, inString: false, place: 'before', ended: 0 };
  let record = 0;
  for await (const block of textBlocks(source, report, { whole: 'character' })) {
    scan.text = scan.text.slice(scan.begin) + block.text;
    scan.at -= scan.begin;
    scan.begin = 0;
    const rows: Row[] = [];
    for (const part of nextParts(scan, path)) {
      record++;
      if (part.trim() === '') {
        report(record, 'is empty: a comma too many.');
        continue;
      }
      const values = parseRecord(part);
      if (typeof values === 'string') report(record, values);
      else rows.push({ file: path, line: record, values });
    }
    if (rows.length > 0) yield rows;
    if (scan.place !== 'inside') scan.begin = scan.at;
    if (scan.text.length - scan.begin > maxRecordLength) {
      throw new UserError(
        `${path}: record ${record + 1} is longer than ${maxRecordLength} characters.`,
        'Is a bracket or a quote not closed? If records are that large, save them as JSONL.',
      );
    }
  }
  if (scan.place === 'before')
    throw new UserError(`${path} holds white space only.`, 'Is it the right file?');
  if (scan.place === 'inside') {
    throw new UserError(
      `${path} is cut off: its JSON array is not closed after record ${record}.`,
      'Copy or download the file again, or close the array with "]".',
    );
  }
}

/** The records that end within the text, as they are written; what is after the last is left for the next block. */
function* nextParts(scan: Scan, path: string): Generator<string> {
  const { text } = scan;
  for (; scan.at < text.length; scan.at++) {
    const code = text.charCodeAt(scan.at);
    if (scan.place !== 'inside') {
      if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) continue;
      if (scan.place === 'behind') {
        throw new UserError(
          `${path} goes on with ${JSON.stringify(text[scan.at])} after the end of its JSON array.`,
          'A .json file holds one array; save records one to a line as .jsonl.',
        );
      }
      if (code !== 0x5b) {
        throw new UserError(
          `${path} begins with ${JSON.stringify(text[scan.at])}, where the "[" of a JSON array was expected.`,
          'Save the records as one array, or one to a line as .jsonl.',
        );
      }
      scan.place = 'inside';
      scan.begin = scan.at + 1;
    } else if (scan.inString) {
      if (code === 0x5c) scan.at++;
      else if (code === 0x22) scan.inString = false;
    } else if (code === 0x22) scan.inString = true;
    else if (code === 0x7b || code === 0x5b) scan.depth++;
    else if ((code === 0x7d || code === 0x5d) && scan.depth > 0) scan.depth--;
    else if (scan.depth === 0 && (code === 0x2c || code === 0x5d)) {
      const part = text.slice(scan.begin, scan.at);
      if (code === 0x5d) scan.place = 'behind';
      scan.begin = scan.at + 1;
      const emptyArray = code === 0x5d && scan.ended === 0 && part.trim() === '';
      scan.ended++;
      if (!emptyArray) yield part;
    }
  }
}

function parseRecord(part: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(part);
    if (typeof value === 'string') return { text: value };
    return isObject(value) ? value : `is ${kindOf(value)}, where an object or a string was expected.`;
  } catch (error) {
    return `is not JSON: ${jsonFault(error)}.`;
  }
}
