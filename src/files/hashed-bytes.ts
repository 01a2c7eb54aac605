import { constants } from 'node:buffer';
import type { Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Bytes that are read, hashed or written at a time: what Node does with more than 2 GiB at once is to refuse, and a piece
 * that has just been read is still in the processor's cache when it is hashed.
 */
const pieceBytes = 8 * 2 ** 20;

/** Bytes in pieces, each of them hashed before it is given. */
export function* hashedPieces(bytes: Uint8Array, hash: Hash): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const piece = bytes.subarray(start, start + pieceBytes);
    hash.update(piece);
    yield piece;
  }
}

/**
 * Reads a whole file into a buffer of its own, from byte 0, and hashes it at the same time: while one piece is hashed, the
 * next one is read.
 *
 * @param options.unhashedEnd bytes at the end of the file that are read but not hashed
 * @returns undefined where the file cannot be read, has changed meanwhile, or is larger than a buffer can be
 */
export async function readWithHash(
  path: string,
  { hash, unhashedEnd }: { hash: Hash; unhashedEnd: number },
): Promise<Buffer<ArrayBuffer> | undefined> {
  const handle = await open(path).catch(() => undefined);
  try {
    const size = (await handle?.stat())?.size;
    if (handle === undefined || size === undefined || size > constants.MAX_LENGTH) return undefined;
    const content = Buffer.allocUnsafeSlow(size);
    let hashed = 0;
    const hashUpTo = (end: number) => {
      const hashedEnd = Math.max(hashed, Math.min(end, size - unhashedEnd));
      if (hashedEnd > hashed) hash.update(content.subarray(hashed, hashedEnd));
      hashed = hashedEnd;
    };
    for (let start = 0; start < size; ) {
      const reading = handle.read(content, start, Math.min(pieceBytes, size - start), start);
      hashUpTo(start);
      const { bytesRead } = await reading;
      if (bytesRead === 0) return undefined;
      start += bytesRead;
    }
    hashUpTo(size);
    return content;
  } catch {
    return undefined;
  } finally {
    await closed(handle);
  }
}

async function closed(handle: FileHandle | undefined): Promise<void> {
  await handle?.close().catch(() => {});
}
