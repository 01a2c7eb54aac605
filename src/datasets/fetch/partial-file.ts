import { ftruncateSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../files/make-folder.js';

const remoteSchema = z.object({
  url: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  totalBytes: z.int().optional(),
});

/** What the server said of the file whose beginning lies in the partial file, so that a later part of it fits on. */
export type RemoteFile = z.infer<typeof remoteSchema>;

/**
 * The beginning of a file that is being downloaded: `<destination>.part`, and beside it `<destination>.part.json`,
 * which tells of what file it is the beginning. It survives an interruption; only `finish` gives it its real name.
 */
export class PartialFile {
  readonly #destination: string;
  readonly #handle: FileHandle;
  #bytes: number;
  #remote: RemoteFile | undefined;
  #closed = false;

  private constructor(
    destination: string,
    handle: FileHandle,
    bytes: number,
    remote: RemoteFile | undefined,
  ) {
    this.#destination = destination;
    this.#handle = handle;
    this.#bytes = bytes;
    this.#remote = remote;
  }

  /** Opens what an earlier download of this address left, or begins an empty one. */
  static async open(destination: string, url: string): Promise<PartialFile> {
    await makeFolder(dirname(destination));
    const remote = await readRemote(`${destination}.part.json`);
    const handle = await open(`${destination}.part`, 'a');
    const part = new PartialFile(destination, handle, (await handle.stat()).size, remote);
    if (remote?.url !== url) part.restart(undefined);
    return part;
  }

  get path(): string {
    return `${this.#destination}.part`;
  }

  /** How much of the file is there. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Undefined as long as nothing was received. */
  get remote(): RemoteFile | undefined {
    return this.#remote;
  }

  /**
   * Throws away what is there; what comes next is the beginning of `remote`. Synchronous like `append`, so that
   * nothing of an answer is missed between its head and its body.
   */
  restart(remote: RemoteFile | undefined): void {
    if (this.#bytes > 0) ftruncateSync(this.#handle.fd, 0);
    this.#bytes = 0;
    this.#remote = remote;
    rmSync(`${this.path}.json`, { force: true });
    if (!remote) return;
    // Written after the old bytes are gone and before the first new one, so that it never describes other bytes.
    writeFileSync(`${this.path}.json.tmp`, JSON.stringify(remote));
    renameSync(`${this.path}.json.tmp`, `${this.path}.json`);
  }

  /**
   * Adds to its end. Synchronous: what waits in a stream's buffer for an asynchronous write is lost when the
   * connection breaks, and on a network that breaks often nothing would ever be gained.
   */
  append(chunk: Uint8Array): void {
    for (let written = 0; written < chunk.length; ) {
      const bytes = writeSync(this.#handle.fd, chunk, written);
      written += bytes;
      this.#bytes += bytes;
    }
  }

  /** Gives the file its real name. */
  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.#close();
    await rename(this.path, this.#destination);
    await rm(`${this.path}.json`, { force: true });
  }

  /** Closes it for now; what was received stays for the next time, unless it is nothing. Does nothing after `finish`. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#close();
    if (this.#bytes > 0) return;
    await rm(`${this.path}.json`, { force: true });
    await rm(this.path, { force: true });
  }

  async #close(): Promise<void> {
    this.#closed = true;
    await this.#handle.close();
  }
}

async function readRemote(path: string): Promise<RemoteFile | undefined> {
  try {
    return remoteSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    // Not there, or cut off: then nobody knows what the bytes are, and they are thrown away.
    return undefined;
  }
}

/** A size for messages: `84.1 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
