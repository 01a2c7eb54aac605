import type { Dispatcher } from 'undici';
import { explainingFileErrors } from '../../errors/system-error.js';
import { DownloadError } from './download-error.js';
import type { FetchListeners } from './fetch-event.js';
import { type FileKind, gzipArchive } from './file-kind.js';
import { hashOfFile } from './hash-of-file.js';
import { unknownEntries } from './no-proxy.js';
import { megabytes, PartialFile } from './partial-file.js';
import { environmentAgent } from './proxy-agent.js';
import { setVariable } from './proxy-of.js';
import { type ReceiveAllOptions, receiveAll } from './receive-all.js';

export interface DownloadFileOptions extends FetchListeners {
  /** Size and checksum that the file must have; leave them out when they are not known. */
  readonly expected?: { readonly bytes: number; readonly sha256: string };
  /** What the file must begin with. Default: a gzip archive. */
  readonly kind?: FileKind;
  /** Attempts in a row that bring nothing new before it gives up. Default 6; 2 as long as no server answered. */
  readonly attempts?: number;
  /** Pause after the first failure, in ms; doubles up to 30 s, half of it random. Default 1,000. */
  readonly firstPauseMs?: number;
  /** Longest silence of the server, in ms. Default 30,000. */
  readonly stallMs?: number;
  /** Ends the download; what was received stays for the next time. */
  readonly signal?: AbortSignal;
  /** Default: one that obeys HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly dispatcher?: Dispatcher;
}

/**
 * Downloads a file to `destination`. What was received lies in `<destination>.part` until it is whole and checked; a
 * later call goes on from there, if the server's file is still the same.
 *
 * @returns size in bytes and SHA-256 (hex)
 * @throws DownloadError when it cannot be had, UserError for the local disk, the signal's reason when it is aborted
 */
export async function downloadFile(
  url: URL,
  destination: string,
  options: DownloadFileOptions = {},
): Promise<{ bytes: number; sha256: string }> {
  const writing = `write ${destination}`;
  const part = await explainingFileErrors(writing, () => PartialFile.open(destination, url.href));
  noteUnknownExceptions(options);
  const dispatcher = options.dispatcher ?? environmentAgent();
  try {
    const file = await receiveChecked(url, part, { ...options, dispatcher });
    await explainingFileErrors(writing, () => part.finish());
    return file;
  } finally {
    await part.close();
    if (!options.dispatcher) await dispatcher.destroy();
  }
}

async function receiveChecked(
  url: URL,
  part: PartialFile,
  options: DownloadFileOptions & { dispatcher: Dispatcher },
): Promise<{ bytes: number; sha256: string }> {
  const { expected, onNote = () => {} } = options;
  const receiveOptions: ReceiveAllOptions = {
    dispatcher: options.dispatcher,
    signal: options.signal,
    stallMs: options.stallMs ?? 30_000,
    attempts: options.attempts ?? 6,
    firstPauseMs: options.firstPauseMs ?? 1000,
    expectedBytes: expected?.bytes,
    kind: options.kind ?? gzipArchive,
    onBytes: (receivedBytes, totalBytes = expected?.bytes) =>
      options.onProgress?.({ kind: 'download', receivedBytes, totalBytes }),
    onNote,
  };
  const before = part.bytes;
  if (before > 0) onNote(`Going on after the ${megabytes(before)} of an earlier download.`);
  const attempts = await receiveAll(url, part, receiveOptions);
  let file = { bytes: part.bytes, sha256: await hashOfFile(part.path) };
  if (expected && file.sha256 !== expected.sha256 && (before > 0 || attempts > 1)) {
    onNote('The parts that were received do not make up the right file: starting anew.');
    part.restart(undefined);
    await receiveAll(url, part, receiveOptions);
    file = { bytes: part.bytes, sha256: await hashOfFile(part.path) };
  }
  if (!expected || file.sha256 === expected.sha256) return file;
  part.restart(undefined);
  throw new DownloadError(
    'wrong-content',
    `${url.href} sent a file with another content: ${file.bytes} bytes, sha256 ${file.sha256}; expected ${expected.bytes} bytes, sha256 ${expected.sha256}.`,
    {
      hint: 'It was deleted. Run the command again, or fetch the file in another way and use --archive FILE.',
    },
  );
}

/** NO_PROXY is there for other programs, too: what this one does not understand is no reason to refuse. */
function noteUnknownExceptions({ dispatcher, onNote }: DownloadFileOptions): void {
  const [variable, value] = setVariable('NO_PROXY', process.env) ?? [];
  if (dispatcher || value === undefined) return;
  for (const entry of unknownEntries(value)) {
    onNote?.(
      `${variable} holds "${entry}", which is no host and no network such as 10.0.0.0/8: passed over.`,
    );
  }
}
