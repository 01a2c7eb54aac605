import { readFile } from 'node:fs/promises';
import { UserError } from '../errors/user-error.js';
import { type FileMark, markOf } from './checksum.js';

const hint = 'Take the run folder from where it is whole, or train again.';

/**
 * Reads a file of a run and compares it with what was noted when it was written.
 *
 * @param mark size and SHA-256 that it must have; `undefined` where nothing was noted
 * @throws UserError when the file is missing, has another size, or another content
 */
export async function readVerified(path: string, mark: FileMark | undefined): Promise<Buffer> {
  const content = await readFile(path).catch((error) => refuseMissing(path, error));
  if (!mark) return content;
  if (content.byteLength !== mark.bytes) {
    const fault = content.byteLength < mark.bytes ? 'was cut short' : 'is another file';
    const [got, expected] = [content.byteLength, mark.bytes].map((count) => count.toLocaleString('en-US'));
    throw new UserError(`${path} has ${got} bytes, expected ${expected}: it ${fault}.`, hint);
  }
  if (markOf(content).sha256 !== mark.sha256) {
    throw new UserError(`${path} was changed after it was written: its SHA-256 is another one.`, hint);
  }
  return content;
}

/** Throws a file system's error on; a file of a run that is missing is something the user can mend. */
export function refuseMissing(path: string, error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw new UserError(`${path} is missing.`, hint, { cause: error });
  throw error;
}

/** Parses a JSON file of a run. @throws UserError when it is not whole JSON */
export function parseJsonFile(content: Buffer | string, path: string): unknown {
  try {
    return JSON.parse(content.toString());
  } catch (error) {
    throw new UserError(`${path} is not whole JSON: ${(error as Error).message}.`, hint, { cause: error });
  }
}
