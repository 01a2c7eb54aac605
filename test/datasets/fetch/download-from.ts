import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Agent } from 'undici';
import { type DownloadFileOptions, downloadFile } from '../../../src/datasets/fetch/download-file.js';
import type { FetchEvent } from '../../../src/datasets/fetch/fetch-event.js';
import { answerFile, type FileAnswerOptions, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';

export const content = fileOf(400_000, 1);
export const changed = fileOf(400_000, 2);
export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
export const expected = { bytes: content.length, sha256: sha256Of(content) };
export const etag = '"one"';

/** Bytes that look like gzip at their beginning and like nothing after it. */
export function fileOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0, state = seed; index < length; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    bytes[index] = state >> 16;
  }
  bytes.set([0x1f, 0x8b]);
  return bytes;
}

/** Downloads from a server that answers the first requests as `answers` say and all others with the whole file. */
export async function download(
  answers: readonly (FileAnswerOptions | RequestListener)[],
  options: DownloadFileOptions & { folder?: string; content?: Buffer } = {},
) {
  const folder = options.folder ?? (await temporaryFolder());
  let next = 0;
  const server = await serve((request, response) => {
    const answer = answers[next++] ?? {};
    if (typeof answer === 'function') answer(request, response);
    else answerFile(request, response, { content: options.content ?? content, ...answer });
  });
  const destination = join(folder, 'file.tar.gz');
  const notes: string[] = [];
  const events: FetchEvent[] = [];
  const outcome = await downloadFile(server.url, destination, {
    dispatcher: new Agent(),
    firstPauseMs: 1,
    stallMs: 5000,
    onNote: (note) => notes.push(note),
    onProgress: (event) => events.push(event),
    ...options,
  }).catch((error) => error);
  const left = await readdir(folder);
  return {
    ...{ folder, destination, notes, events, outcome, left },
    ranges: server.requests.map(({ headers }) => headers.range),
    conditions: server.requests.map(({ headers }) => headers['if-range']),
    saved: left.includes('file.tar.gz') ? await readFile(destination) : undefined,
  };
}

export const always = (answer: FileAnswerOptions | RequestListener) =>
  Array.from({ length: 20 }, () => answer);
export const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end('no');
