import { UserError } from '../errors/user-error.js';
import { delimitedRecords } from './delimited-records.js';
import type { ReportProblem } from './report-problem.js';
import type { Row } from './row.js';
import type { FieldSyntax } from './split-record.js';
import { type TextSource, textBlocks } from './text-blocks.js';

export interface DelimitedFile extends FieldSyntax {
  /** Whether the first record names the columns; otherwise they are `1`, `2`, ... */
  readonly header: boolean;
}

/**
 * The columns of csv and tsv and, portion by portion, their rows. A record that has more or fewer fields than there are
 * columns is reported and left out.
 *
 * @param found.columns is told the columns before the first row
 * @throws UserError where two columns have the same name
 */
export async function* delimitedRows(
  source: TextSource,
  layout: DelimitedFile,
  found: { readonly columns: (columns: readonly string[]) => void; readonly report: ReportProblem },
): AsyncGenerator<readonly Row[]> {
  const { path } = source;
  const { report } = found;
  const blocks = textBlocks(source, report);
  let columns: readonly string[] | undefined;
  for await (const records of delimitedRecords(blocks, layout, { path, header: layout.header, report })) {
    const rows: Row[] = [];
    for (const { line, fields } of records) {
      if (columns === undefined) {
        columns = layout.header
          ? columnsOfHeader(fields, { path, line, report })
          : fields.map((_, index) => String(index + 1));
        found.columns(columns);
        if (layout.header) continue;
      }
      if (fields.length === columns.length)
        rows.push({ file: path, line, values: valuesOf(columns, fields) });
      else reportFields(fields, columns, { line, layout, report });
    }
    if (rows.length > 0) yield rows;
  }
}

function reportFields(
  fields: readonly string[],
  columns: readonly string[],
  options: { readonly line: number; readonly layout: DelimitedFile; readonly report: ReportProblem },
): void {
  const { line, layout, report } = options;
  const expected = layout.header ? 'the header' : 'the first record';
  report(
    line,
    `has ${plural(fields.length, 'field')} where ${expected} has ${columns.length}.`,
    fields.length > columns.length && layout.quote !== ''
      ? `A field that contains ${JSON.stringify(layout.delimiter)} must be enclosed in quotes.`
      : `Is ${JSON.stringify(layout.delimiter)} the delimiter of this file?`,
  );
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function columnsOfHeader(
  header: readonly string[],
  options: { readonly path: string; readonly line: number; readonly report: ReportProblem },
): readonly string[] {
  const { path, line, report } = options;
  const columns = header.map((name, index) => {
    if (name !== '') return name;
    const message = `does not name column ${index + 1}, which is called "${index + 1}".`;
    report(line, message, 'Name each column.', { kept: true });
    return String(index + 1);
  });
  const first = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    const earlier = first.get(name);
    if (earlier !== undefined) {
      throw new UserError(
        `${path}:${line}: columns ${earlier + 1} and ${index + 1} are both called ${JSON.stringify(name)}.`,
        'Rename one of them. If the first line is no header, say so (header: false).',
      );
    }
    first.set(name, index);
  }
  return columns;
}

function valuesOf(columns: readonly string[], fields: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let index = 0; index < columns.length; index++) {
    if (columns[index] === '__proto__')
      return Object.fromEntries(columns.map((name, at) => [name, fields[at]]));
    values[columns[index]] = fields[index];
  }
  return values;
}
