import { STATUS_CODES } from 'node:http';
import { DownloadError } from './download-error.js';
import { TransferFailure } from './transfer-failure.js';

/** Answers after which the same request may succeed a little later. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);
const longestWaitMs = 60_000;

const hints: Readonly<Record<number, string>> = {
  404: 'Check the address given with --url; or fetch the file in another way and name it with --archive FILE.',
  407: 'The proxy wants user and password: HTTPS_PROXY=http://user:password@host:port',
};

/**
 * The failure that an HTTP status stands for.
 *
 * @param url the address that answered
 * @param retryAfter the header, seconds or a date; at most one minute is waited
 */
export function httpFailure(
  status: number,
  { url, retryAfter }: { url: URL; retryAfter?: string },
): TransferFailure | DownloadError {
  const message = `${url.href} answered ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (passing.has(status)) {
    return new TransferFailure('http-status', `${message}.`, { retryAfterMs: waitOf(retryAfter) });
  }
  return new DownloadError('http-status', `${message}.`, {
    hint: hints[status] ?? 'Fetch the file in another way and name it with --archive FILE.',
  });
}

function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestWaitMs) : undefined;
}
