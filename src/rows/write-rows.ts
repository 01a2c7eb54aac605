import { UserError } from '../errors/user-error.js';
import { ownValue } from './own-value.js';
import { writtenValue } from './written-value.js';

/** How rows are written. */
export interface RowLayout {
  readonly format: 'csv' | 'tsv' | 'jsonl';
  /** In the order in which they are written; of jsonl, those that a row does not have are left out. */
  readonly columns: readonly string[];
  /** Default: a comma, of tsv a tab. */
  readonly delimiter?: string;
  /** Default `"`; `''` where nothing encloses fields. */
  readonly quote?: string;
  /** Whether csv and tsv begin with the columns' names; default true. */
  readonly header?: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Rows as text, a string for each portion, in a form that `openRowFile` reads as the same rows. In csv and tsv (RFC 4180,
 * with `\n` at the line's end) numbers have their shortest form, what is not there is an empty field, and arrays and
 * objects are JSON.
 *
 * @throws UserError where a field would need quotes and there are none
 */
export async function* writeRows(
  portions: AsyncIterable<readonly Values[]> | Iterable<readonly Values[]>,
  layout: RowLayout,
): AsyncGenerator<string> {
  const { format, columns, header = true } = layout;
  const line = format === 'jsonl' ? jsonLine : delimitedLine(layout);
  if (format !== 'jsonl' && header) yield line(columns, columns);
  for await (const rows of portions) {
    yield rows
      .map((values) =>
        line(
          columns.map((name) => ownValue(values, name)),
          columns,
        ),
      )
      .join('');
  }
}

type WriteLine = (values: readonly unknown[], columns: readonly string[]) => string;

const jsonLine: WriteLine = (values, columns) => {
  const entries = columns.map((name, index) => [name, values[index]] as const);
  const present = entries.filter(([, value]) => value !== undefined);
  return `${JSON.stringify(Object.fromEntries(present.map(([name, value]) => [name, jsonValue(value)])))}\n`;
};

const jsonValue = (value: unknown) => (typeof value === 'bigint' ? String(value) : value);

function delimitedLine(layout: RowLayout): WriteLine {
  const { delimiter = layout.format === 'tsv' ? '\t' : ',', quote = '"' } = layout;
  const needsQuote = (field: string) =>
    field.includes(delimiter) ||
    (quote !== '' && field.includes(quote)) ||
    field.includes('\n') ||
    field.includes('\r') ||
    // A reader would take it for the file's byte order mark.
    field.startsWith('\ufeff');
  return (values) => {
    const fields = values.map((value) => {
      const field = writtenValue(value);
      // A line with nothing in it would be no row.
      const enclose = needsQuote(field) || (field === '' && values.length === 1);
      if (!enclose) return field;
      if (quote === '') {
        throw new UserError(
          `The field ${JSON.stringify(field.slice(0, 60))} cannot be written without quotes.`,
          'Write JSONL, or CSV with quotes.',
        );
      }
      return quote + field.replaceAll(quote, quote + quote) + quote;
    });
    return `${fields.join(delimiter)}\n`;
  };
}
