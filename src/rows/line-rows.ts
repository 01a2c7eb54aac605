import type { ReportProblem } from './report-problem.js';
import type { Row } from './row.js';
import { type TextBlock, type TextSource, textBlocks } from './text-blocks.js';

const rowsPerPortion = 4096;

/** What one line holds: its values, undefined for a line to pass over, or (a string) what is wrong with it. */
export type ParseLine = (line: string) => Readonly<Record<string, unknown>> | undefined | string;

/** The lines of a block without their ends, with their numbers. */
export function* linesOf({ text, firstLine }: TextBlock): Generator<readonly [number: number, line: string]> {
  let number = firstLine;
  for (let at = 0; at < text.length; number++) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    yield [number, text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end)];
    at = end + 1;
  }
}

/** The rows of a file that has one on each line; a line that cannot be parsed is reported and left out. */
export async function* lineRows(
  source: TextSource,
  parse: ParseLine,
  options: { readonly report: ReportProblem; readonly hint?: string },
): AsyncGenerator<readonly Row[]> {
  const { report, hint } = options;
  for await (const block of textBlocks(source, report)) {
    let rows: Row[] = [];
    for (const [line, content] of linesOf(block)) {
      const values = parse(content);
      if (typeof values === 'string') report(line, values, hint);
      else if (values !== undefined) rows.push({ file: source.path, line, values });
      if (rows.length === rowsPerPortion) {
        yield rows;
        rows = [];
      }
    }
    if (rows.length > 0) yield rows;
  }
}
