import { explainFileError } from '../../errors/system-error.js';
import { DownloadError } from './download-error.js';
import type { FileKind } from './file-kind.js';
import { inspectResponse, notTheFile, validatorOf } from './inspect-response.js';
import { explainNetworkError } from './network-failure.js';
import { megabytes, type PartialFile } from './partial-file.js';
import { closeBody, type FileResponse, type RequestOptions, requestFile } from './request-file.js';
import { TransferFailure } from './transfer-failure.js';

export interface ReceiveOptions extends RequestOptions {
  /** Size that the file must have, in bytes, if that (and with it its checksum) is known. */
  readonly expectedBytes?: number;
  readonly kind: FileKind;
  /** Called with the bytes that are there and the file's size, if the server told it. */
  readonly onBytes: (receivedBytes: number, totalBytes: number | undefined) => void;
  readonly onNote: (note: string) => void;
}

/**
 * One attempt to get a file, or what is missing of it, into `part`.
 *
 * @throws TransferFailure when another attempt may help, DownloadError when not, UserError for the local disk
 */
export async function receiveFile(url: URL, part: PartialFile, options: ReceiveOptions): Promise<void> {
  const validator = validatorOf(part.remote);
  // Nothing, neither now nor later, would tell whether the rest fits on.
  if (!validator && options.expectedBytes === undefined) saving(part, () => part.restart(undefined));
  const range = { offset: part.bytes, validator };
  const response = await networking(url, options, () => requestFile(url, range, options));
  try {
    const answer = inspectResponse(response, part, { url, kind: options.kind });
    if (answer.use === 'nothing') return;
    if (answer.use === 'ask-again') {
      saving(part, () => part.restart(undefined));
      throw new TransferFailure('interrupted', `Starting anew: ${answer.reason}.`, { retryAfterMs: 0 });
    }
    if (answer.use === 'restart') {
      if (part.bytes > 0) options.onNote('The server sends the file from its beginning.');
      saving(part, () => part.restart(answer.remote));
    }
    checkSize(answer.remote.totalBytes, url, options);
    await receiveBody(response, part, options);
  } finally {
    await closeBody(response);
  }
}

async function receiveBody(
  { body, url }: FileResponse,
  part: PartialFile,
  options: ReceiveOptions,
): Promise<void> {
  const totalBytes = part.remote?.totalBytes;
  const limit = totalBytes ?? options.expectedBytes ?? Number.POSITIVE_INFINITY;
  let surplus = false;
  options.onBytes(part.bytes, totalBytes);
  await networking(url, options, () =>
    consume(body, (chunk) => {
      if (part.bytes === 0) checkBeginning(chunk, url, options.kind);
      surplus = part.bytes + chunk.length > limit;
      if (surplus) return false;
      saving(part, () => part.append(chunk));
      options.onBytes(part.bytes, totalBytes);
      return true;
    }),
  );
  if (surplus) {
    saving(part, () => part.restart(undefined));
    throw new TransferFailure('interrupted', `${url.host} sent more than the ${limit} bytes it announced.`);
  }
  if (totalBytes !== undefined && part.bytes < totalBytes) {
    const amounts = `${megabytes(part.bytes)} of ${megabytes(totalBytes)}`;
    throw new TransferFailure('interrupted', `The connection to ${url.host} ended after ${amounts}.`);
  }
}

/** Hands over each piece as it comes, until the end or until `take` wants no more. */
function consume(body: FileResponse['body'], take: (chunk: Buffer) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      try {
        if (take(chunk)) return;
        resolve();
      } catch (error) {
        reject(error);
      }
      body.destroy();
    });
    body.on('end', resolve);
    body.on('error', reject);
    body.on('close', resolve);
    // A connection that broke before we listened says nothing any more.
    if (body.errored) reject(body.errored);
    else if (body.closed) resolve();
  });
}

function checkSize(totalBytes: number | undefined, url: URL, { expectedBytes }: ReceiveOptions): void {
  if (totalBytes === undefined || expectedBytes === undefined || totalBytes === expectedBytes) return;
  throw new DownloadError(
    'wrong-content',
    `${url.href} offers a file of ${totalBytes} bytes, expected ${expectedBytes}.`,
    { hint: 'Fetch the file in another way and name it with --archive FILE.' },
  );
}

function checkBeginning(chunk: Buffer, url: URL, kind: FileKind): void {
  if (kind.beginning.every((byte, place) => place >= chunk.length || chunk[place] === byte)) return;
  const start = chunk.toString('latin1', 0, 40).replace(/[^\x20-\x7e]+/g, ' ');
  throw notTheFile(url, { got: `something that begins with "${start.trim()}"`, kind });
}

async function networking<T>(url: URL, { signal }: ReceiveOptions, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw explainNetworkError(error, url);
  }
}

function saving(part: PartialFile, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw explainFileError(error, `write ${part.path}`);
  }
}
