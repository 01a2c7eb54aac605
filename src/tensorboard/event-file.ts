import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { fileVersionEvent } from './event.js';
import { encodeRecord } from './record.js';

const prefix = 'events.out.tfevents.';

/** A file of events that grows; whole records are appended, so that TensorBoard can read it at any moment. */
export interface EventFile {
  readonly path: string;
  /** @param events as `event.ts` encodes them */
  append(events: readonly Uint8Array[]): Promise<void>;
}

/**
 * Begins a new file of events. TensorBoard reads the files of a folder in the order of their names, so its name comes after
 * those of the files that are there.
 *
 * @param folder is made when it is not there
 * @param options.now ms since 1970; default: the present
 * @throws the file system's error
 */
export async function createEventFile(
  folder: string,
  { now = Date.now() }: { readonly now?: number } = {},
): Promise<EventFile> {
  await makeFolder(folder);
  const former = (await readdir(folder))
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number.parseInt(name.slice(prefix.length), 10));
  const seconds = Math.max(Math.floor(now / 1000), ...former.map((each) => each + 1));
  const name = `${prefix}${String(seconds).padStart(10, '0')}.${hostname()}.${process.pid}`;
  const path = join(folder, name);
  await writeFile(path, encodeRecord(fileVersionEvent(now / 1000)), { flag: 'wx' });
  return {
    path,
    append: (events) => appendFile(path, Buffer.concat(events.map(encodeRecord))),
  };
}
