/** How the fields of a delimited file are written. */
export interface FieldSyntax {
  readonly delimiter: string;
  /** `''` where nothing encloses fields. */
  readonly quote: string;
}

export type SplitRecord =
  | { readonly kind: 'record'; readonly fields: readonly string[]; readonly end: number }
  /** The quote at `quote` is not closed in the text. */
  | { readonly kind: 'open'; readonly quote: number }
  /** The field that the quote at `quote` opens goes on after its closing quote, at `after`. */
  | { readonly kind: 'broken'; readonly quote: number; readonly after: number };

/**
 * The fields of the record that begins at `start`, as RFC 4180 has them; a quote that does not begin a field is a letter,
 * as in most programs that read CSV. `end` is where the next record begins.
 */
export function splitRecord(text: string, start: number, syntax: FieldSyntax): SplitRecord {
  const { delimiter, quote } = syntax;
  let lineEnd = endOfLine(text, start);
  const line = text.slice(start, lineEnd);
  if (quote === '' || !line.includes(quote)) {
    return { kind: 'record', fields: withoutReturn(line).split(delimiter), end: lineEnd + 1 };
  }
  const fields: string[] = [];
  let at = start;
  for (;;) {
    if (text[at] !== quote) {
      const rest = text.slice(at, lineEnd);
      const length = rest.indexOf(delimiter);
      if (length < 0) {
        fields.push(withoutReturn(rest));
        return { kind: 'record', fields, end: lineEnd + 1 };
      }
      fields.push(rest.slice(0, length));
      at += length + 1;
      continue;
    }
    const opened = at;
    let closed = text.indexOf(quote, opened + 1);
    let doubled = false;
    while (closed >= 0 && text[closed + 1] === quote) {
      doubled = true;
      closed = text.indexOf(quote, closed + 2);
    }
    if (closed < 0) return { kind: 'open', quote: opened };
    const field = text.slice(opened + 1, closed);
    fields.push(doubled ? field.replaceAll(quote + quote, quote) : field);
    if (closed > lineEnd) lineEnd = endOfLine(text, closed);
    at = closed + 1;
    if (text[at] === delimiter) {
      at++;
      continue;
    }
    if (at === lineEnd || (text[at] === '\r' && at + 1 === lineEnd)) {
      return { kind: 'record', fields, end: lineEnd + 1 };
    }
    return { kind: 'broken', quote: opened, after: at };
  }
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
