import { DownloadError } from './download-error.js';
import type { FileKind } from './file-kind.js';
import { httpFailure } from './http-status.js';
import type { PartialFile, RemoteFile } from './partial-file.js';
import type { FileResponse } from './request-file.js';

/** What to do with an answer: append its body, begin anew with it, nothing (all is there), or ask again from the start. */
export type Answer =
  | { readonly use: 'append' | 'restart'; readonly remote: RemoteFile }
  | { readonly use: 'nothing' }
  | { readonly use: 'ask-again'; readonly reason: string };

type Head = Pick<FileResponse, 'status' | 'url' | 'headers'>;

/**
 * Judges the head of an answer against what is already there.
 *
 * @param part what was received before, and of which file
 * @param options `url`: the address asked for, before redirects; `kind`: what the file must be
 * @throws TransferFailure or DownloadError for an error status, DownloadError for a web page
 */
export function inspectResponse(
  { status, url: answeredUrl, headers }: Head,
  part: Pick<PartialFile, 'bytes' | 'remote'>,
  { url, kind }: { url: URL; kind: FileKind },
): Answer {
  const range = parseContentRange(headers['content-range']);
  if (status === 416 && part.bytes > 0) {
    return range?.total === part.bytes
      ? { use: 'nothing' }
      : { use: 'ask-again', reason: 'the server has no more bytes' };
  }
  if (status !== 200 && status !== 206) {
    throw httpFailure(status, { url: answeredUrl, retryAfter: headers['retry-after'] });
  }
  if (/^(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) {
    throw notTheFile(answeredUrl, { got: `a web page (${headers['content-type']})`, kind });
  }
  const { etag, 'last-modified': lastModified, 'content-length': contentLength } = headers;
  const totalBytes = status === 206 ? range?.total : toCount(contentLength);
  const remote = { url: url.href, etag, lastModified, totalBytes };
  if (status === 200) return { use: 'restart', remote };
  if (range?.start !== part.bytes)
    return { use: 'ask-again', reason: 'the server sent another part of the file' };
  if (part.remote && !isSameFile(part.remote, remote)) {
    return { use: 'ask-again', reason: 'the file has changed on the server' };
  }
  return { use: 'append', remote };
}

/**
 * The `If-Range` value that makes a server send the whole file if it is no longer the one of which we have a part: a
 * strong ETag, else the time of its last change; undefined when the server told neither.
 */
export function validatorOf(remote: RemoteFile | undefined): string | undefined {
  const { etag, lastModified } = remote ?? {};
  return etag && !etag.startsWith('W/') ? etag : lastModified;
}

/** The error for content of another kind. */
export function notTheFile(url: URL, { got, kind }: { got: string; kind: FileKind }): DownloadError {
  return new DownloadError('not-the-file', `${url.href} sent ${got} instead of ${kind.name}.`, {
    hint: 'A login page of the network (open any page in a browser and log in) or a proxy may stand in the way. Else check --url, or fetch the file in another way and use --archive FILE.',
  });
}

function isSameFile(a: RemoteFile, b: RemoteFile): boolean {
  const differ = (x: unknown, y: unknown) => x !== undefined && y !== undefined && x !== y;
  return !(
    differ(a.etag, b.etag) ||
    differ(a.lastModified, b.lastModified) ||
    differ(a.totalBytes, b.totalBytes)
  );
}

/** `bytes 100-199/200`, or `bytes *` `/200` of an answer 416; a total of `*` is undefined. */
function parseContentRange(header: string | undefined): { start?: number; total?: number } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(header ?? '');
  return match ? { start: toCount(match[1]), total: toCount(match[2]) } : undefined;
}

function toCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
