import { readFile } from 'node:fs/promises';
import { UserError } from '../errors/user-error.js';
import { type FileMark, markOf } from './checksum.js';

const hint = 'Take the run folder from where it is whole, or train again.';
const trustHint = `${hint.slice(0, -1)}. With --trust it is used as it is.`;

/** Is told why a file is not proven to be as it was written; where it is given, the file is used nevertheless. */
export type Trust = (reason: string) => void;

/** Tells each reason once, however often a file is read. */
export function onceEach(trust: Trust): Trust {
  const told = new Set<string>();
  return (reason) => {
    if (!told.has(reason)) trust(reason);
    told.add(reason);
  };
}

/**
 * Reads a file of a run and compares it with what was noted when it was written.
 *
 * @param mark size and SHA-256 that it must have; `undefined` where nothing was noted
 * @throws UserError when the file is missing, has another size, or another content
 */
export async function readVerified(path: string, mark: FileMark | undefined): Promise<Buffer> {
  const content = await readFile(path).catch((error) => refuseMissing(path, error));
  const fault = mark && faultOf(content, [mark]);
  if (fault === undefined) return content;
  throw new UserError(`${path} ${fault}.`, hint);
}

/**
 * Compares a file that can be used although it is not as it was written, where that is wanted.
 *
 * @param options.marks it must have one of them
 * @throws UserError, unless it is trusted, when none of the marks fits
 */
export function checkProven(
  path: string,
  content: Buffer,
  { marks, trust }: { marks: readonly FileMark[]; trust: Trust | undefined },
): void {
  const fault = faultOf(content, marks);
  if (fault !== undefined) refuseUnproven(`${path} ${fault}.`, trust);
}

/** Refuses what is not proven, or says so where it is trusted. */
export function refuseUnproven(reason: string, trust: Trust | undefined): void {
  if (!trust) throw new UserError(reason, trustHint);
  trust(reason);
}

/**
 * Refuses to go on with a run that is not as it should be, unless that is forced.
 *
 * @param refusal.forced what `--force` does, and what it gives up
 */
export function refuseUnless(
  force: Trust | undefined,
  { reason, hint, forced }: { reason: string; hint: string; forced: string },
): void {
  if (!force) throw new UserError(reason, `${hint}\n  With --force the training ${forced}.`);
  force(`${reason}\n  --force: the training ${forced}.`);
}

function faultOf(content: Buffer, marks: readonly FileMark[]): string | undefined {
  if (marks.length === 0) return 'has no mark in run.json: nothing proves that it is as it was written';
  const { bytes, sha256 } = markOf(content);
  if (marks.some((mark) => mark.bytes === bytes && mark.sha256 === sha256)) return undefined;
  const [mark] = marks;
  if (mark.bytes === bytes) return 'was changed after it was written: its SHA-256 is another one';
  const [got, expected] = [bytes, mark.bytes].map((count) => count.toLocaleString('en-US'));
  return `has ${got} bytes, expected ${expected}: it ${bytes < mark.bytes ? 'was cut short' : 'is another file'}`;
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
