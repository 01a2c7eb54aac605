import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { isRunning } from './running-process.js';

/** What tells one process from all others, those that get its number after it has ended included. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The machine's name, and on Linux where its numbers of processes are valid: containers count on their own. */
  readonly host: string;
  /** When it began, in the system's own form; absent where the system does not tell. */
  readonly started?: string;
}

/** This process. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const started = await startOf(process.pid);
  return { pid: process.pid, host: await thisHost(), ...(started !== undefined && { started }) };
}

/** `yes`, `no`, or `elsewhere`: a process of another machine, of which only its files tell. */
export async function lives({ pid, host, started }: ProcessIdentity): Promise<'yes' | 'no' | 'elsewhere'> {
  if (host !== (await thisHost())) return 'elsewhere';
  if (!isRunning(pid)) return 'no';
  const now = await startOf(pid);
  if (now === ended) return 'no';
  return started === undefined || now === undefined || started === now ? 'yes' : 'no';
}

/** A process that has ended but that nobody has asked for its exit code: its number is still taken. */
const ended = 'ended';

let host: Promise<string> | undefined;

function thisHost(): Promise<string> {
  host ??= readlink('/proc/self/ns/pid').then(
    (namespace) => `${hostname()} ${namespace}`,
    () => hostname(),
  );
  return host;
}

/** On Linux the boot and the clock's ticks since, from /proc; elsewhere what `ps` says; on Windows nothing. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux') {
    const answer = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], {
      env: { ...process.env, LC_ALL: 'C' },
    }).catch(() => undefined);
    const [, state, started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(answer?.stdout ?? '') ?? [];
    return state?.startsWith('Z') ? ended : started;
  }
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name, in parentheses, may hold anything; the state is the first field after it, the start the twentieth.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return /^[ZX]/.test(fields[0]) ? ended : `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
