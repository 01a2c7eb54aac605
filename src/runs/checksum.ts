import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Size and content of a file, as run.json and the checkpoint record them. */
export interface FileMark {
  readonly bytes: number;
  /** Of the content, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Size and SHA-256 of a content in memory; a string counts as UTF-8. */
export function markOf(content: string | Uint8Array): FileMark {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Size and SHA-256 of a file, read in pieces. */
export async function markOfFile(path: string): Promise<FileMark> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
