import { link, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../errors/user-error.js';
import { lives, type ProcessIdentity, thisProcess } from '../files/process-identity.js';
import { temporaryPath } from '../files/write-atomically.js';
import { formatDuration } from '../formats/durations.js';

/** `training` holds a run as long as it goes on; `reports` for the moment of a writing. */
export type LockPurpose = 'training' | 'reports';

/** Who writes a run. */
export interface LockOwner extends ProcessIdentity {
  readonly purpose: LockPurpose;
  /** The command line, such as `imdb-rnn train --resume base`. */
  readonly command: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

export interface RunLock {
  /** Who held the lock before and has died without giving it back. */
  readonly dead?: LockOwner;
  /**
   * To be called before anything is written: a process that slept for long may have been taken for dead.
   *
   * @throws UserError when another process holds the run by now
   */
  check(): Promise<void>;
  /** Follows the run to where it was renamed to. */
  moved(folder: string): void;
  release(): Promise<void>;
}

const lockFile = 'run.lock';

/** Whether a file of a run is its lock, or was made on the way to it. */
export function isLockName(name: string): boolean {
  return name.startsWith(lockFile);
}

/** An owner that lives touches its lock this often. */
const touchEveryMs = 5_000;
/** An owner on another machine, of which nothing else is known, counts as dead after so long without a touch. */
const deadElsewhereAfterMs = 120_000;
/** A lock that says nothing, of a system without hard links, is being written, or was left so. */
const namelessAfterMs = 2_000;
/** Reports are written within moments. */
const reportsTakeMs = 20_000;

/**
 * Makes this process the only one that writes a run. A lock whose owner has died is taken over.
 *
 * @throws UserError at once, naming the process, when one that lives holds the run
 */
export async function lockRun(folder: string, purpose: LockPurpose): Promise<RunLock> {
  let path = join(folder, lockFile);
  const command = commandOf(process.argv);
  const own: LockOwner = { ...(await thisProcess()), purpose, command, since: new Date().toISOString() };
  let dead: LockOwner | undefined;
  for (const start = performance.now(); !(await make(path, own)); ) {
    const held = await ownerOf(path);
    if (held === undefined) continue;
    if (held.isAlive) {
      if (held.owner?.purpose !== 'training' && performance.now() - start < reportsTakeMs) await pause(50);
      else throw inUse(folder, held);
    } else {
      dead = held.owner ?? dead;
      await takeAway(path);
    }
  }
  const touching = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, touchEveryMs).unref();
  const isOwn = async () => (await readFile(path, 'utf8').catch(() => '')) === contentOf(own);
  return {
    ...(dead && { dead }),
    async check() {
      if ((await isOwn()) || (await make(path, own))) return;
      const held = await ownerOf(path);
      if (held) throw inUse(folder, held);
    },
    moved(to) {
      path = join(to, lockFile);
    },
    async release() {
      clearInterval(touching);
      if (await isOwn()) await rm(path, { force: true });
      await removeOldGuard(path);
    },
  };
}

/** Who trains a run right now; `undefined` when nobody does. */
export async function trainerOf(folder: string): Promise<LockOwner | undefined> {
  const held = await ownerOf(join(folder, lockFile));
  return held?.isAlive && held.owner?.purpose === 'training' ? held.owner : undefined;
}

/** @throws UserError, naming the process, when a run is being trained right now */
export async function refuseTrained(folder: string): Promise<void> {
  const held = await ownerOf(join(folder, lockFile));
  if (held?.isAlive && held.owner?.purpose === 'training') throw inUse(folder, held);
}

/** `process 4242 (imdb-rnn train --resume base)` */
export function describeOwner({ pid, command, host }: LockOwner): string {
  return `process ${pid} (${command}) on ${host.split(' ')[0]}`;
}

interface Held {
  /** Absent where the lock does not say. */
  readonly owner?: LockOwner;
  readonly isAlive: boolean;
  /** Whether the owner is on another machine, so that only its touches tell of it. */
  readonly isElsewhere?: boolean;
  /** Since the last touch. */
  readonly ageMs: number;
}

/** Makes the lock with all that is in it, as one step; false when there is one. */
async function make(path: string, owner: LockOwner): Promise<boolean> {
  const content = contentOf(owner);
  const temporary = temporaryPath(`${path}-${counter++}`);
  await writeFile(temporary, content);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') throw error;
    return await makeWithoutLink(path, content);
  } finally {
    await rm(temporary, { force: true });
  }
}

const contentOf = (owner: LockOwner) => `${JSON.stringify(owner)}\n`;

let counter = 0;

/** For file systems without hard links. */
async function makeWithoutLink(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function ownerOf(path: string): Promise<Held | undefined> {
  try {
    const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
    const ageMs = Math.max(0, Date.now() - mtimeMs);
    const owner = parseOwner(text);
    if (!owner) return { isAlive: ageMs < namelessAfterMs, ageMs };
    const life = await lives(owner);
    const isElsewhere = life === 'elsewhere';
    return {
      owner,
      ageMs,
      isElsewhere,
      isAlive: isElsewhere ? ageMs < deadElsewhereAfterMs : life === 'yes',
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as LockOwner;
    return Number.isInteger(owner.pid) && typeof owner.host === 'string' ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Removes a dead owner's lock. Two processes may have seen it: whoever holds the guard looks again, so that nobody removes the
 * lock that the other has made in its place.
 */
async function takeAway(path: string): Promise<void> {
  const guard = guardOf(path);
  try {
    await (await open(guard, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await removeOldGuard(path);
    await pause(20);
    return;
  }
  try {
    const held = await ownerOf(path);
    if (held && !held.isAlive) {
      const away = temporaryPath(`${path}-dead`);
      await rename(path, away);
      await rm(away, { force: true });
    }
  } finally {
    await rm(guard, { force: true });
  }
}

const guardOf = (path: string) => `${path}.guard`;

/** Nobody needs a guard for so long but who has died with it. */
async function removeOldGuard(path: string): Promise<void> {
  const { mtimeMs } = await stat(guardOf(path)).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs > namelessAfterMs) await rm(guardOf(path), { force: true });
}

function inUse(folder: string, { owner, ageMs, isElsewhere }: Held): UserError {
  if (!owner)
    return new UserError(`${folder} is being written by another process.`, 'Wait until it has ended.');
  const begun = Date.now() - Date.parse(owner.since);
  const what = owner.purpose === 'training' ? 'is being trained' : 'is being written';
  const life = `begun ${formatDuration(begun / 1_000)} ago, last sign of life ${formatDuration(ageMs / 1_000)} ago`;
  const minutes = deadElsewhereAfterMs / 60_000;
  const hint = isElsewhere
    ? `Wait until it has ended. If it has, remove ${join(folder, lockFile)}, or wait: without a sign of life it counts as dead after ${minutes} minutes.`
    : owner.pid === process.pid
      ? 'Wait until it has ended.'
      : `Wait until it has ended, or end it (kill ${owner.pid}) and go on with --resume.`;
  return new UserError(`${folder} ${what} by ${describeOwner(owner)}, ${life}.`, hint);
}

/** What was typed, without the way to Node.js and to the program. */
function commandOf([, script = '', ...words]: readonly string[]): string {
  const name = basename(script);
  return [/^(main\.js|imdb-rnn(\.js)?)$/.test(name) ? 'imdb-rnn' : name, ...words].join(' ');
}
