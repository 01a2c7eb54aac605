import { splitRecord } from './split-record.js';

/** In the order of preference where two fit equally well. */
const candidates = [',', '\t', ';', '|'];
const maxRecords = 200;

export interface FoundDelimiter {
  readonly delimiter: string;
  /** Of the first record. */
  readonly fields: number;
  /** The share of records that have as many fields as the first. */
  readonly agreement: number;
}

/**
 * The delimiter with which most of a file's first records have as many fields as its first record, and at least two; of
 * several that do so equally the one that makes more fields. A comma where none makes two fields.
 *
 * @param text the beginning of the file, whole lines
 */
export function findDelimiter(text: string, quote: string): FoundDelimiter {
  const found = candidates
    .map((delimiter) => agreementOf(text, { delimiter, quote }))
    .filter(({ fields }) => fields > 1)
    .sort((one, other) => other.agreement - one.agreement || other.fields - one.fields);
  return found[0] ?? { delimiter: ',', fields: 1, agreement: 1 };
}

function agreementOf(text: string, syntax: { delimiter: string; quote: string }): FoundDelimiter {
  let expected = 0;
  let agreeing = 0;
  let records = 0;
  for (let at = 0; at < text.length && records < maxRecords; ) {
    const split = splitRecord(text, at, syntax);
    // The last record of a head may be cut off.
    if (split.kind === 'open' && records > 0) break;
    if (split.kind !== 'record') {
      at = text.indexOf('\n', at) + 1 || text.length;
      records++;
      continue;
    }
    at = split.end;
    if (split.fields.length === 1 && split.fields[0] === '') continue;
    if (expected === 0) expected = split.fields.length;
    if (split.fields.length === expected) agreeing++;
    records++;
  }
  return { delimiter: syntax.delimiter, fields: expected, agreement: records === 0 ? 0 : agreeing / records };
}
