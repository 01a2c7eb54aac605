import { UserError } from '../errors/user-error.js';
import type { FittedForeignness, Foreignness } from './fit-foreignness.js';
import { longestGram } from './gram-hash.js';
import type { GramModel } from './gram-model.js';
import { contextBuckets, gramBuckets, lidstoneFacts } from './lidstone-table.js';

/** Counted up when the same bytes would mean something else. */
const version = 2;

const hint = 'Use the version of imdb-rnn that wrote this run, or train again.';

type Facts = Readonly<Record<string, number>>;

/** A foreignness as a file: a line of JSON, then of each slot the tag (16 bits, the low byte first), then of each the cost (a byte). */
export function serializeForeignness({ grams, ...numbers }: FittedForeignness): Uint8Array {
  const { tags, costs, unseen } = grams;
  const facts = { version, longestGram, slots: tags.length, unseen, ...numbers };
  const low = Buffer.alloc(2 * tags.length);
  for (const [slot, tag] of tags.entries()) low.writeUInt16LE(tag, 2 * slot);
  return Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), low, costs]);
}

/**
 * Reads what {@link serializeForeignness} wrote, and what the first version wrote, whose runs judge as they did.
 *
 * @param path for messages
 * @throws UserError when it is another file, or another version's
 */
export function parseForeignness(content: Uint8Array, path: string): Foreignness {
  const end = content.indexOf(0x0a);
  let facts: Facts;
  try {
    facts = JSON.parse(Buffer.from(content.subarray(0, end)).toString());
  } catch (error) {
    throw new UserError(`${path} does not begin with a line of JSON.`, hint, { cause: error });
  }
  const { mean, between, within, threshold } = facts;
  const tables = content.subarray(end + 1);
  const isFirst = has(facts, lidstoneFacts);
  const isPresent = has(facts, { version, longestGram }) && Number.isInteger(facts.slots) && facts.slots >= 1;
  const numbers = [mean, between, within, threshold, ...(isFirst ? [] : [facts.unseen, facts.deviation])];
  if (!(isFirst || isPresent) || !numbers.every(Number.isFinite)) {
    throw new UserError(`${path} has a form that this version does not know.`, hint);
  }
  const bytes = isFirst ? gramBuckets + contextBuckets : 3 * facts.slots;
  if (tables.length !== bytes) {
    throw new UserError(`${path} holds tables of ${tables.length} bytes, expected ${bytes}.`, hint);
  }
  const common = { mean, between, within, threshold };
  if (isFirst) {
    const seen = new Uint8Array(tables.subarray(0, gramBuckets));
    return { grams: { seen, unseen: new Uint8Array(tables.subarray(gramBuckets)) }, ...common };
  }
  return { grams: readModel(tables, facts), ...common, deviation: facts.deviation };
}

function readModel(tables: Uint8Array, { slots, unseen }: Facts): GramModel {
  const view = new DataView(tables.buffer, tables.byteOffset, tables.byteLength);
  const tags = Uint16Array.from({ length: slots }, (_, slot) => view.getUint16(2 * slot, true));
  return { tags, costs: new Uint8Array(tables.subarray(2 * slots)), unseen };
}

function has(facts: Facts, expected: Facts): boolean {
  return Object.entries(expected).every(([key, value]) => facts[key] === value);
}
