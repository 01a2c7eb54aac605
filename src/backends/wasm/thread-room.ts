import { readFileSync } from 'node:fs';
import { UserError } from '../../errors/user-error.js';
import { describeThreads } from '../thread-count.js';

/** Addresses that a worker thread of Node.js reserves, measured on Node 20 and Linux: 0.64 GB, mostly for V8's code. */
const bytesPerWorker = 0.65e9;

/**
 * Refuses threads for which a limit of the address space (`ulimit -v`) leaves no room: V8 ends the whole process where a
 * worker cannot reserve its addresses, which nothing can catch.
 *
 * @param threads the calling one included
 * @param options `limits`, `status`: what Linux tells of this process; elsewhere nothing is known, and nothing refused
 * @throws UserError with the number that there is room for
 */
export function checkThreadRoom(
  threads: number,
  {
    limits = textOf('/proc/self/limits'),
    status = textOf('/proc/self/status'),
  }: { limits?: string; status?: string } = {},
): void {
  const limit = Number(/^Max address space +(\d+)/m.exec(limits)?.[1]);
  const used = 1024 * Number(/^VmSize:\s+(\d+) kB/m.exec(status)?.[1]);
  const room = 1 + Math.max(0, Math.floor((limit - used) / bytesPerWorker));
  // Without a limit, or where neither is known, the room is not a number.
  if (!(threads > room)) return;
  throw new UserError(
    `A limit of the address space (ulimit -v, ${(limit / 1e9).toFixed(1)} GB) leaves room for ${describeThreads(room)}, and ${threads} were to start.`,
    `Use ${describeThreads(room)} (--threads ${room}), or raise the limit: ulimit -v unlimited.`,
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
