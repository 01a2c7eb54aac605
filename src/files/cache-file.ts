import { createHash } from 'node:crypto';
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

/** Written as JSON: what the file answers, and the bytes of each section. */
interface Index {
  readonly key: string;
  readonly sections: readonly number[];
}

/**
 * Stores byte arrays under a key; none of them is copied. A file that cannot be written (no permission, a full disk) is left
 * out without a word: a cache saves time and is not needed.
 */
export async function writeCacheFile(
  path: string,
  key: string,
  sections: readonly Uint8Array[],
): Promise<void> {
  const index = Buffer.from(
    JSON.stringify({ key, sections: sections.map(({ length }) => length) } satisfies Index),
  );
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
