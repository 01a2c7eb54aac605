import { setTimeout as pause } from 'node:timers/promises';
import { DownloadError } from './download-error.js';
import { megabytes, type PartialFile } from './partial-file.js';
import { type ReceiveOptions, receiveFile } from './receive-file.js';
import { TransferFailure } from './transfer-failure.js';

export interface ReceiveAllOptions extends ReceiveOptions {
  /** Attempts in a row that bring nothing new before it gives up. */
  readonly attempts: number;
  /** Pause after the first failure, in ms; it doubles with each further one. */
  readonly firstPauseMs: number;
}

const longestPauseMs = 30_000;
/** Where there is no network at all, nobody should wait for minutes to be told so. */
const attemptsToReach = 2;

/**
 * Gets the whole file into `part`, in as many attempts as that takes.
 *
 * @returns how many attempts it took; 0 when all was there already
 * @throws DownloadError when it gives up; what was received is kept in `part`
 */
export async function receiveAll(url: URL, part: PartialFile, options: ReceiveAllOptions): Promise<number> {
  if (part.remote?.totalBytes === part.bytes) return 0;
  let [failures, mostBytes, reached] = [0, part.bytes, false];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await receiveFile(url, part, options);
      return attempt;
    } catch (error) {
      if (!(error instanceof TransferFailure)) throw error;
      reached ||= error.code !== 'unreachable';
      // Only bytes beyond the furthest point count, else a server that always begins anew would keep us for ever.
      failures = part.bytes > mostBytes ? 1 : failures + 1;
      mostBytes = Math.max(mostBytes, part.bytes);
      const limit = reached ? options.attempts : Math.min(attemptsToReach, options.attempts);
      if (failures >= limit) throw givenUp(error, part, failures);
      await pauseAfter(error, { failures, limit, options });
    }
  }
}

async function pauseAfter(
  failure: TransferFailure,
  { failures, limit, options }: { failures: number; limit: number; options: ReceiveAllOptions },
): Promise<void> {
  const backOff = Math.min(longestPauseMs, options.firstPauseMs * 2 ** (failures - 1));
  // The random half keeps many programs that failed together from coming back together.
  const waitMs = failure.retryAfterMs ?? backOff * (0.5 + Math.random() / 2);
  const when = waitMs < 500 ? '' : ` in ${Math.round(waitMs / 1000)} s`;
  options.onNote(`${failure.message} Trying again${when} (attempt ${failures + 1} of ${limit}).`);
  try {
    await pause(waitMs, undefined, { signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  }
}

function givenUp(failure: TransferFailure, part: PartialFile, failures: number): DownloadError {
  const kept = part.bytes > 0 ? ` ${megabytes(part.bytes)} are kept in ${part.path}.` : '';
  return new DownloadError(failure.code, `${failure.message} Gave up after ${failures} attempts.${kept}`, {
    cause: failure,
    hint: failure.code === 'unreachable' ? unreachableHint : undefined,
  });
}

const unreachableHint =
  'Check the network; behind a proxy set HTTPS_PROXY. Or fetch the file in another way and name it with --archive FILE.';
