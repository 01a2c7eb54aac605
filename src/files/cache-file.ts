import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { hashedPieces, readWithHash } from './hashed-bytes.js';
import { writeAtomically } from './write-atomically.js';

// Layout: magic (8 bytes) | version (uint32) | size of the index (uint32) | index | sections | SHA-256 of all before.
// Index and sections are filled up with zeros to a multiple of 8 bytes, so that a typed array of any kind can be laid over a
// section where it lies in the file. Numbers are in the machine's own byte order: on a machine of the other order the
// version does not match, and the cache counts as stale.
const magic = Buffer.from('imdb-rnn');
const formatVersion = 2;
const headerBytes = 16;
const digestBytes = 32;
/** Longer ones are damaged. */
const longestIndex = 1024 * 1024;

/** Written as JSON: what the file answers, and the bytes of each section. */
interface Index {
  readonly key: string;
  readonly sections: readonly number[];
  readonly about?: CacheFileContent;
}

/** What a file holds, for people who look at their cache. */
export interface CacheFileContent {
  /** The name of the data set; absent where it is not known. */
  readonly dataset?: string;
  readonly split: string;
  readonly examples: number;
  /**
   * `counted`: a training split and the vocabulary that was counted on it; `encoded`: a split as ids of a vocabulary;
   * `surveyed`: which rows of people's files are examples.
   */
  readonly holds: 'counted' | 'encoded' | 'surveyed';
  /** The settings that it was made with. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Stores byte arrays under a key; none of them is copied. A file that cannot be written (no permission, a full disk) is left
 * out without a word: a cache saves time and is not needed.
 */
export async function writeCacheFile(
  path: string,
  key: string,
  sections: readonly Uint8Array[],
  { about }: { readonly about?: CacheFileContent } = {},
): Promise<void> {
  const lengths = sections.map(({ length }) => length);
  const index = Buffer.from(JSON.stringify({ key, sections: lengths, about } satisfies Index));
  const numbers = new Uint8Array(Uint32Array.of(formatVersion, roundedUp(index.length)).buffer);
  const parts = [magic, numbers, ...[index, ...sections].flatMap((part) => [part, fillerOf(part)])];
  try {
    await writeAtomically(path, withDigest(parts));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/**
 * What {@link writeCacheFile} stored under the key; `undefined` when there is no such file, or it holds another key, is
 * of another version, is cut short or damaged.
 *
 * @returns parts of one buffer, each beginning at a multiple of 8 bytes
 */
export async function readCacheFile(path: string, key: string): Promise<Uint8Array[] | undefined> {
  const hash = createHash('sha256');
  const content = await readWithHash(path, { hash, unhashedEnd: digestBytes });
  if (content === undefined || content.length < headerBytes + digestBytes) return undefined;
  const body = content.subarray(0, -digestBytes);
  if (!hash.digest().equals(content.subarray(-digestBytes))) return undefined;
  const [version, indexBytes] = new Uint32Array(content.buffer, magic.length, 2);
  if (!body.subarray(0, magic.length).equals(magic) || version !== formatVersion) return undefined;
  const indexText = body.toString('utf8', headerBytes, headerBytes + indexBytes).replace(/\0+$/, '');
  const index = JSON.parse(indexText) as Index;
  if (index.key !== key) return undefined;
  let start = headerBytes + indexBytes;
  return index.sections.map((length) => {
    const section = new Uint8Array(content.buffer, start, length);
    start += roundedUp(length);
    return section;
  });
}

/**
 * What a file says of itself, without reading all of it: whether this version can read it, and what it holds; undefined
 * where it is no cache file.
 */
export async function describeCacheFile(
  path: string,
): Promise<{ readonly isCurrent: boolean; readonly about?: CacheFileContent } | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const header = Buffer.alloc(headerBytes);
    const { bytesRead } = await file.read(header, 0, headerBytes, 0);
    if (bytesRead < headerBytes || !header.subarray(0, magic.length).equals(magic)) return undefined;
    const [version, indexBytes] = new Uint32Array(new Uint8Array(header.subarray(magic.length)).buffer);
    if (version !== formatVersion) return { isCurrent: false };
    const index = Buffer.alloc(Math.min(indexBytes, longestIndex));
    await file.read(index, 0, index.length, headerBytes);
    const { about } = JSON.parse(index.toString('utf8').replace(/\0+$/, '')) as Index;
    return { isCurrent: true, about };
  } catch {
    // Cut short or damaged: no reader will take it.
    return { isCurrent: false };
  } finally {
    await file.close();
  }
}

const roundedUp = (length: number) => Math.ceil(length / 8) * 8;

/** Zeros up to the next multiple of 8 bytes. */
function fillerOf({ length }: Uint8Array): Uint8Array {
  return new Uint8Array(roundedUp(length) - length);
}

function* withDigest(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (const part of parts) yield* hashedPieces(part, hash);
  yield hash.digest();
}
