import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { UserError } from '../errors/user-error.js';
import { explainFileFailure } from './file-failure.js';
import type { Compression } from './row.js';

const bytesPerChunk = 256 * 1024;
const starts = { gzip: [0x1f, 0x8b], zstd: [0x28, 0xb5, 0x2f, 0xfd] } as const;

/** How bytes are compressed, told by the first of them. */
export function compressionOf(head: Uint8Array): Compression {
  const begins = (start: readonly number[]) => start.every((byte, index) => head[index] === byte);
  if (begins(starts.gzip)) return 'gzip';
  return begins(starts.zstd) ? 'zstd' : 'none';
}

/** The file's first bytes as they are on the disk, at most `length`. */
export async function readStart(path: string, length: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw await explainFileFailure(path, error);
  }
}

/** Zstandard came with Node 22.15 and 23.8, later than the types that the project is compiled with. */
type ZlibWithZstd = typeof zlib & { createZstdDecompress?: (options: zlib.ZlibOptions) => Transform };

function decompressor(path: string, compression: 'gzip' | 'zstd'): Transform {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: bytesPerChunk });
  const create = (zlib as ZlibWithZstd).createZstdDecompress;
  if (create) return create({ chunkSize: bytesPerChunk });
  throw new UserError(
    `${path} is zstd-compressed, which Node ${process.versions.node} cannot read.`,
    'Use Node 22.15 or later, or unpack the file with "zstd -d".',
  );
}

/** What an error out of a decompressor says about the file. */
function explainDamage(path: string, compression: Compression, error: unknown): unknown {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  if (!/^(Z_|ZSTD_|ERR_ZLIB|ERR_ZSTD|ERR_BUFFER_TOO)/.test(code)) return error;
  const cutOff = code === 'Z_BUF_ERROR' || /unexpected end|incomplete/i.test(message);
  return new UserError(
    cutOff
      ? `${path} is cut off: its ${compression} data have no end.`
      : `${path} is damaged: its ${compression} data are not sound (${message}).`,
    'Copy or download the file again.',
    { cause: error },
  );
}

/**
 * The content of a file, decompressed, in chunks of at most 256 KiB.
 *
 * @throws UserError where it cannot be opened, or is cut off or damaged as compressed data
 */
export async function* readBytes(path: string, compression: Compression): AsyncGenerator<Buffer> {
  const unpacked = compression === 'none' ? undefined : decompressor(path, compression);
  const file = createReadStream(path, { highWaterMark: bytesPerChunk });
  try {
    // The stream that is read throws the pipeline's error, too.
    yield* unpacked ? pipeline(file, unpacked, () => {}) : file;
  } catch (error) {
    throw await explainFileFailure(path, explainDamage(path, compression, error));
  } finally {
    file.destroy();
    unpacked?.destroy();
  }
}

/** The first bytes of a file's decompressed content, and whether they are all of it. */
export async function readHead(path: string, compression: Compression, length: number) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readBytes(path, compression)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > length) break;
  }
  return { head: Buffer.concat(chunks).subarray(0, length), complete: bytes <= length };
}
