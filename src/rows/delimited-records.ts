import { UserError } from '../errors/user-error.js';
import type { ReportProblem } from './report-problem.js';
import { type FieldSyntax, splitRecord } from './split-record.js';
import type { TextBlock } from './text-blocks.js';

export interface DelimitedRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A record that is longer, in characters, has a quote that was not closed. */
const maxRecordLength = 4 * 1024 * 1024;
const recordsPerPortion = 4096;

/**
 * The records of csv and tsv, blank lines left out. A record whose quotes do not match is reported, and reading goes on
 * with the line after the one that it began on: a stray quote costs its own line, not all up to the next quote.
 *
 * @param options.header whether the first record names the columns
 * @throws UserError where the header's quotes do not match
 */
export async function* delimitedRecords(
  blocks: AsyncIterable<TextBlock>,
  syntax: FieldSyntax,
  options: { readonly path: string; readonly header: boolean; readonly report: ReportProblem },
): AsyncGenerator<readonly DelimitedRecord[]> {
  const { path, header } = options;
  const report: ReportProblem = (number, message, hint) => {
    // The next record would be taken for the header.
    if (atStart && header) throw new UserError(`${path}:${number}: the header ${message}`, hint);
    options.report(number, message, hint);
  };
  let text = '';
  let line = 1;
  let atStart = true;

  function* records(last: boolean): Generator<readonly DelimitedRecord[]> {
    let portion: DelimitedRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const split = splitRecord(text, at, syntax);
      if (split.kind === 'record') {
        const { fields, end } = split;
        const blank = fields.length === 1 && fields[0] === '' && text[at] !== syntax.quote;
        if (!blank) {
          portion.push({ line, fields });
          atStart = false;
        }
        line += lineEnds(text, at, end);
        at = end;
        if (portion.length === recordsPerPortion) {
          yield portion;
          portion = [];
        }
        continue;
      }
      if (split.kind === 'open' && !last && text.length - at <= maxRecordLength) break;
      const opened = line + lineEnds(text, at, split.quote);
      if (split.kind === 'open') {
        const bound = last ? 'up to the end of the file' : `within ${maxRecordLength} characters`;
        report(line, `has a quote${where(opened, line)} that is not closed ${bound}.`, quoteHint);
      } else {
        const closed = line + lineEnds(text, at, split.after);
        const found = JSON.stringify(text[split.after]);
        report(
          line,
          `has a quoted field${where(opened, line)} that goes on with ${found} after its closing quote${where(closed, line)}.`,
          quoteHint,
        );
      }
      at = text.indexOf('\n', at) + 1 || text.length;
      line++;
    }
    text = text.slice(at);
    if (portion.length > 0) yield portion;
  }

  for await (const block of blocks) {
    text += block.text;
    yield* records(false);
  }
  yield* records(true);
}

const quoteHint =
  'A quote within a quoted field is written twice; a field with one quote only is not enclosed.';

const where = (line: number, recordLine: number) => (line === recordLine ? '' : ` in line ${line}`);

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
