import { UserError } from '../errors/user-error.js';
import type { Foreignness } from './fit-foreignness.js';
import { contextBuckets, gramBuckets, gramLength } from './gram-table.js';

/** Counted up when the same bytes would mean something else. */
const version = 1;

/** A foreignness as a file: a line of JSON, then the bytes of the two tables. */
export function serializeForeignness({ table, ...numbers }: Foreignness): Uint8Array {
  const facts = { version, gramLength, gramBuckets, contextBuckets, ...numbers };
  return Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), table.seen, table.unseen]);
}

/**
 * Reads what {@link serializeForeignness} wrote.
 *
 * @param path for messages
 * @throws UserError when it is another file, or another version's
 */
export function parseForeignness(content: Uint8Array, path: string): Foreignness {
  const hint = 'Use the version of imdb-rnn that wrote this run, or train again.';
  const end = content.indexOf(0x0a);
  let facts: Record<string, number>;
  try {
    facts = JSON.parse(Buffer.from(content.subarray(0, end)).toString());
  } catch (error) {
    throw new UserError(`${path} does not begin with a line of JSON.`, hint, { cause: error });
  }
  const { mean, between, within, threshold } = facts;
  const known = { version, gramLength, gramBuckets, contextBuckets };
  const isKnown = Object.entries(known).every(([key, value]) => facts[key] === value);
  const numbers = [mean, between, within, threshold];
  if (!isKnown || !numbers.every(Number.isFinite)) {
    throw new UserError(`${path} has a form that this version does not know.`, hint);
  }
  const tables = content.subarray(end + 1);
  if (tables.length !== gramBuckets + contextBuckets) {
    throw new UserError(
      `${path} holds tables of ${tables.length} bytes, expected ${gramBuckets + contextBuckets}.`,
      hint,
    );
  }
  const table = {
    seen: new Uint8Array(tables.subarray(0, gramBuckets)),
    unseen: new Uint8Array(tables.subarray(gramBuckets)),
  };
  return { table, mean, between, within, threshold };
}
