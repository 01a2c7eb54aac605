import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from './write-atomically.js';

// Layout: magic (8 bytes) | version (uint32) | size of the index (uint32) | index | sections | SHA-256 of all before.
// Index and sections are filled up with zeros to a multiple of 8 bytes. Numbers are in the machine's own byte order:
// on a machine of the other order the version does not match, and the cache counts as stale.
const magic = Buffer.from('imdb-rnn');
const formatVersion = 1;
const headerBytes = 16;
const digestBytes = 32;

/** Written as JSON: what the file answers, and the bytes of each section. */
interface Index {
  readonly key: string;
  readonly sections: readonly number[];
}

/**
 * Stores byte arrays under a key. A file that cannot be written (no permission, a full disk) is left out without a word:
 * a cache saves time and is not needed.
 */
export async function writeCacheFile(
  path: string,
  key: string,
  sections: readonly Uint8Array[],
): Promise<void> {
  const index = padded(
    Buffer.from(JSON.stringify({ key, sections: sections.map((section) => section.length) } satisfies Index)),
  );
  const numbers = new Uint8Array(Uint32Array.of(formatVersion, index.length).buffer);
  const parts = [magic, numbers, index, ...sections.map(padded)];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  try {
    await writeAtomically(path, [...parts, hash.digest()]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/**
 * What {@link writeCacheFile} stored under the key; `undefined` when there is no such file, or it holds another key, is
 * of another version, is cut short or damaged.
 */
export async function readCacheFile(path: string, key: string): Promise<Uint8Array[] | undefined> {
  const content = await readFile(path).catch(() => undefined);
  if (content === undefined || content.length < headerBytes + digestBytes) return undefined;
  const body = content.subarray(0, -digestBytes);
  if (!createHash('sha256').update(body).digest().equals(content.subarray(-digestBytes))) return undefined;
  const [version, indexBytes] = new Uint32Array(copyOf(body.subarray(magic.length, headerBytes)).buffer);
  if (!body.subarray(0, magic.length).equals(magic) || version !== formatVersion) return undefined;
  const indexText = body.toString('utf8', headerBytes, headerBytes + indexBytes).replace(/\0+$/, '');
  const index = JSON.parse(indexText) as Index;
  if (index.key !== key) return undefined;
  let start = headerBytes + indexBytes;
  return index.sections.map((length) => {
    const section = copyOf(body.subarray(start, start + length));
    start += roundedUp(length);
    return section;
  });
}

const roundedUp = (length: number) => Math.ceil(length / 8) * 8;

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 8 === 0) return bytes;
  const filled = new Uint8Array(roundedUp(bytes.length));
  filled.set(bytes);
  return filled;
}

/** In a buffer of its own, from byte 0, so that a typed array of any kind can be laid over it. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
