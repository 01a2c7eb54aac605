import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { explainFileError, explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { compressionOf } from '../../rows/read-bytes.js';
import type { FetchListeners } from '../fetch/fetch-event.js';
import { ArchiveError } from './archive-error.js';
import { checkArchiveEntry } from './check-archive-entry.js';

export interface ReadArchiveOptions extends Pick<FetchListeners, 'onProgress'> {
  /** Which files are wanted, by their path inside `aclImdb/`; the others are skipped. */
  readonly wants: (path: string) => boolean;
  /** Gets each wanted file, in the archive's order; the buffer is not to be kept. */
  readonly onFile: (path: string, content: Buffer) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads `aclImdb_v1.tar.gz`, or an archive like it, or the .tar in it, from its beginning to its end. Nothing is written. Files are read
 * and unzipped beside the main thread, where the archive is taken apart and hashed.
 *
 * @returns the archive's own size in bytes and its SHA-256 (hex)
 * @throws ArchiveError when it is damaged, cut off, or holds an entry that may do harm; UserError when it cannot be
 * read; the signal's reason when it is aborted
 */
export async function readArchive(
  path: string,
  options: ReadArchiveOptions,
): Promise<{ bytes: number; sha256: string }> {
  const { size: totalBytes } = await explainingFileErrors(`read ${path}`, () => stat(path));
  const hash = createHash('sha256');
  const isPacked = !(await explainingFileErrors(`read ${path}`, () => isTar(path)));
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  let readBytes = 0;
  file.on('data', (chunk) => {
    hash.update(chunk);
    readBytes += chunk.length;
    options.onProgress?.({ kind: 'unpack', readBytes, totalBytes });
  });
  const tar = isPacked ? file.pipe(gunzip) : file;
  if (isPacked) file.on('error', (error) => gunzip.destroy(error));
  const parser = new ArchiveParser(path, options);
  try {
    for await (const chunk of tar) {
      options.signal?.throwIfAborted();
      parser.write(chunk);
    }
    await parser.end();
  } catch (error) {
    throw explainArchiveError(error, path);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
  return { bytes: totalBytes, sha256: hash.digest('hex') };
}

/** Whether it is a tar archive that was unpacked from gzip already, as some browsers do by themselves. */
async function isTar(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return compressionOf(buffer) === 'none' && buffer.toString('latin1', 257, 262) === 'ustar';
  } finally {
    await file.close();
  }
}

/** `tar`'s parser, told to hand over whole files; what goes wrong in it is thrown out of `write` and `end`. */
class ArchiveParser {
  readonly #parser = new Parser({ strict: true });
  readonly #ended: Promise<void>;
  #failure: unknown;

  constructor(archive: string, options: ReadArchiveOptions) {
    this.#ended = new Promise((resolve) => this.#parser.on('end', resolve));
    this.#parser.on('error', (error) => {
      this.#failure ??= error;
    });
    this.#parser.on('entry', (entry: ReadEntry) => {
      const path = this.#failure ? undefined : this.#check(entry, archive);
      if (path === undefined || !options.wants(path)) {
        entry.resume();
        return;
      }
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () =>
        this.#attempt(() => options.onFile(path, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))),
      );
    });
  }

  write(chunk: Buffer): void {
    this.#parser.write(chunk);
    if (this.#failure) throw this.#failure;
  }

  async end(): Promise<void> {
    this.#parser.end();
    if (this.#failure) throw this.#failure;
    await this.#ended;
  }

  #check(entry: ReadEntry, archive: string): string | undefined {
    return this.#attempt(() => checkArchiveEntry(entry, { archive }));
  }

  /** An exception must not fly through the parser, which is not written for that. */
  #attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#failure ??= error;
      return undefined;
    }
  }
}

function explainArchiveError(error: unknown, path: string): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (error instanceof UserError) return error;
  if (code === 'Z_BUF_ERROR' || /Truncated input/.test(message)) {
    return new ArchiveError(`${path} is cut off: the archive's end is missing.`, { cause: error });
  }
  if (code === 'Z_DATA_ERROR' && /header check/.test(message)) {
    return new ArchiveError(`${path} is not a gzip archive.`, { cause: error });
  }
  if (code.startsWith('Z_') || 'tarCode' in (error as object)) {
    return new ArchiveError(`${path} is damaged: ${message}.`, { cause: error });
  }
  return explainFileError(error, `read ${path}`);
}
