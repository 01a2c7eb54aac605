import { createHash } from 'node:crypto';
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import { type DownloadFileOptions, downloadFile } from '../../../src/datasets/fetch/download-file.js';
import type { FetchEvent } from '../../../src/datasets/fetch/fetch-event.js';
import { UserError } from '../../../src/errors/user-error.js';
import { answerFile, type FileAnswerOptions, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';

const content = fileOf(400_000, 1);
const changed = fileOf(400_000, 2);
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const expected = { bytes: content.length, sha256: sha256Of(content) };
const etag = '"one"';

/** Bytes that look like gzip at their beginning and like nothing after it. */
function fileOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0, state = seed; index < length; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    bytes[index] = state >> 16;
  }
  bytes.set([0x1f, 0x8b]);
  return bytes;
}

/** Downloads from a server that answers the first requests as `answers` say and all others with the whole file. */
async function download(
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

const always = (answer: FileAnswerOptions | RequestListener) => Array.from({ length: 20 }, () => answer);
const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end('no');

describe('a download', () => {
  it('saves the file under its name, tells size and checksum, and leaves nothing else behind', async () => {
    const { outcome, saved, left, events } = await download([], { expected });
    expect(outcome).toEqual(expected);
    expect(saved?.equals(content)).toBe(true);
    expect(left).toEqual(['file.tar.gz']);
    expect(events.at(-1)).toEqual({ kind: 'download', receivedBytes: 400_000, totalBytes: 400_000 });
  });

  it('works without a Content-Length', async () => {
    const { outcome, saved } = await download([(_request, response) => response.end(content)]);
    expect(outcome).toEqual(expected);
    expect(saved?.equals(content)).toBe(true);
  });

  it('follows redirects and asks the final address for the range', async () => {
    const { saved, ranges } = await download([
      status(301, { location: '/other' }),
      { etag, cutAfter: 100_000 },
      status(307, { location: 'third' }),
      { etag },
    ]);
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, undefined, 'bytes=100000-', 'bytes=100000-']);
  });
});

describe('a broken connection', () => {
  it('is taken up where it broke, on the condition that the file is the same', async () => {
    const { saved, ranges, conditions, notes } = await download(
      [{ etag, cutAfter: 100_000 }, { etag, cutAfter: 50_000 }, { etag, cutAfter: 200_000 }, { etag }],
      { expected },
    );
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=100000-', 'bytes=150000-', 'bytes=350000-']);
    expect(conditions).toEqual([undefined, etag, etag, etag]);
    expect(notes).toHaveLength(3);
    expect(notes[0]).toMatch(/Trying again/);
  });

  it('is taken up with the time of the last change where the ETag is a weak one', async () => {
    const lastModified = 'Sun, 26 Jun 2011 09:02:33 GMT';
    const answer = { etag: 'W/"one"', lastModified };
    const { saved, conditions } = await download([{ ...answer, cutAfter: 100_000 }, answer]);
    expect(saved?.equals(content)).toBe(true);
    expect(conditions).toEqual([undefined, lastModified]);
  });

  it('is taken up by a later program too, which is told so', async () => {
    const folder = await temporaryFolder();
    const server = await serve((request, response) => {
      const cutAfter = server.requests.length === 1 ? 123_456 : undefined;
      answerFile(request, response, { content, etag, cutAfter });
    });
    const destination = join(folder, 'file.tar.gz');
    const dispatcher = new Agent();
    const first = downloadFile(server.url, destination, { dispatcher, attempts: 1 });
    await expect(first).rejects.toMatchObject({ code: 'interrupted', message: /0\.1 MB are kept/ });
    expect((await stat(`${destination}.part`)).size).toBe(123_456);
    const notes: string[] = [];
    await downloadFile(server.url, destination, { dispatcher, expected, onNote: (note) => notes.push(note) });
    expect((await readFile(destination)).equals(content)).toBe(true);
    expect(server.requests[1].headers.range).toBe('bytes=123456-');
    expect(notes).toEqual(['Going on after the 0.1 MB of an earlier download.']);
    expect(await readdir(folder)).toEqual(['file.tar.gz']);
  });

  it('ends in an error after six attempts without a new byte, and what was received is kept', async () => {
    const { outcome, ranges, left } = await download([
      { etag, cutAfter: 100_000 },
      ...always((_request, response) => response.destroy()),
    ]);
    expect(outcome).toBeInstanceOf(DownloadError);
    expect(outcome.code).toBe('interrupted');
    expect(outcome.message).toMatch(/Gave up after 6 attempts.*0\.1 MB are kept in .*file\.tar\.gz\.part/);
    expect(ranges).toHaveLength(6);
    expect(left.sort()).toEqual(['file.tar.gz.part', 'file.tar.gz.part.json']);
  });

  it('does not keep it for ever at a server that always begins anew and breaks', async () => {
    const { outcome, ranges } = await download(always({ ranges: false, cutAfter: 100_000 }));
    expect(outcome.code).toBe('interrupted');
    expect(ranges).toHaveLength(6);
  });

  it('is what a silent server amounts to', async () => {
    const half: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length, etag });
      response.write(content.subarray(0, 100_000));
    };
    const { saved, ranges, notes } = await download([half, () => {}], { expected, stallMs: 300 });
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=100000-', 'bytes=100000-']);
    expect(notes[0]).toMatch(/sent nothing for a while \(UND_ERR_BODY_TIMEOUT\)/);
    expect(notes[1]).toMatch(/UND_ERR_HEADERS_TIMEOUT/);
  });
});

describe('a partial file', () => {
  const part = (folder: string) => join(folder, 'file.tar.gz.part');
  const remote = (url: URL | string) => JSON.stringify({ url, etag, totalBytes: content.length });

  it('is thrown away when nobody knows what it is a part of', async () => {
    const folder = await temporaryFolder();
    await writeFile(part(folder), changed.subarray(0, 1000));
    const { saved, ranges } = await download([], { folder });
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined]);
  });

  it('is thrown away when it came from another address', async () => {
    const folder = await temporaryFolder();
    await writeFile(part(folder), changed.subarray(0, 1000));
    await writeFile(`${part(folder)}.json`, remote('http://127.0.0.1:1/other'));
    const { saved, ranges } = await download([], { folder });
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined]);
  });

  it('of an answer without ETag and date is thrown away where no checksum could tell whether the rest fits on', async () => {
    const { saved, ranges } = await download([{ cutAfter: 100_000 }, {}]);
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, undefined]);
  });

  it('that is whole needs no request, only its name', async () => {
    const folder = await temporaryFolder();
    const server = await serve((_request, response) => response.destroy());
    await writeFile(part(folder), content);
    await writeFile(`${part(folder)}.json`, remote(server.url));
    await downloadFile(server.url, join(folder, 'file.tar.gz'), { expected, dispatcher: new Agent() });
    expect(server.requests).toHaveLength(0);
    expect(await readdir(folder)).toEqual(['file.tar.gz']);
  });
});

describe('parts of different files are never glued together', () => {
  const cut = { etag, cutAfter: 100_000 };
  const whole = (answer: FileAnswerOptions & { content: Buffer }): RequestListener => {
    return (request, response) => answerFile(request, response, answer);
  };
  const otherFile = { content: changed, etag: '"two"' };
  const isRight = ({ saved }: Awaited<ReturnType<typeof download>>) => saved?.equals(changed);

  it('when the server ignores Range', async () => {
    const result = await download([cut, { etag, ranges: false }], { expected });
    expect(result.saved?.equals(content)).toBe(true);
    expect(result.notes.at(-1)).toBe('The server sends the file from its beginning.');
  });

  it('when the file changes between two attempts', async () => {
    const result = await download([cut, whole(otherFile)]);
    expect(isRight(result)).toBe(true);
  });

  it('when it changes and the server ignores If-Range', async () => {
    const result = await download([cut, ...always(whole({ ...otherFile, ifRange: false }))]);
    expect(isRight(result)).toBe(true);
    expect(result.ranges).toEqual([undefined, 'bytes=100000-', undefined]);
    expect(result.notes.at(-1)).toMatch(/the file has changed on the server/);
  });

  it('when it changes and the server tells nothing by which that could be seen but the checksum', async () => {
    const { outcome, saved, ranges } = await download([whole({ content: changed, cutAfter: 100_000 })], {
      expected,
    });
    expect(outcome).toEqual(expected);
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=100000-', undefined]);
  });

  it('when the server sends another range than was asked for', async () => {
    const wrongRange: RequestListener = (_request, response) =>
      response
        .writeHead(206, { 'content-range': `bytes 0-399999/400000`, 'content-length': content.length, etag })
        .end(content);
    const { saved, ranges } = await download([cut, wrongRange], { expected });
    expect(saved?.equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=100000-', undefined]);
  });

  it('when the file has become shorter than its part', async () => {
    const short = content.subarray(0, 50_000);
    const result = await download([cut, ...always(whole({ content: short, ifRange: false }))]);
    expect(result.saved?.equals(short)).toBe(true);
    expect(result.ranges).toEqual([undefined, 'bytes=100000-', undefined]);
  });
});

describe('whatever a server does', () => {
  const files = [content, changed].map((bytes, index) => ({
    content: bytes.subarray(0, 20_000 + index),
    etag: `"${index}"`,
  }));
  const behaviour = fc.record({
    file: fc.integer({ min: 0, max: 1 }),
    cutAfter: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
    ranges: fc.boolean(),
    ifRange: fc.boolean(),
    tells: fc.boolean(),
    refuses: fc.boolean(),
  });

  it('the right file is there in the end, or an error says why not', async () => {
    const wanted = { bytes: files[0].content.length, sha256: sha256Of(files[0].content) };
    const answers = fc.array(behaviour, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), async (behaviours, checked) => {
        const listeners = behaviours.map(({ file, tells, refuses, ...options }): RequestListener => {
          const { etag, content } = files[file];
          const answer = { ...options, content, etag: tells ? etag : undefined };
          return (request, response) =>
            refuses ? response.writeHead(503).end() : answerFile(request, response, answer);
        });
        const result = await download(listeners, {
          ...files[0],
          ...(checked ? { expected: wanted } : {}),
        });
        if (result.outcome instanceof DownloadError) {
          expect(result.saved).toBeUndefined();
        } else if (checked) {
          expect(result.outcome).toEqual(wanted);
          expect(result.saved?.equals(files[0].content)).toBe(true);
        } else {
          expect(files.some((file) => result.saved?.equals(file.content))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a server that lies about lengths', () => {
  it('by announcing more than it has is an interruption', async () => {
    const { outcome, left } = await download(
      always((_request, response) => {
        response.writeHead(200, { 'content-length': content.length + 1000 });
        response.write(content, () => setTimeout(() => response.destroy(), 10));
      }),
      { attempts: 2 },
    );
    expect(outcome).toMatchObject({ name: 'UserError', code: 'interrupted' });
    expect(left).not.toContain('file.tar.gz');
  });

  it('by announcing a part and sending more than it is no success', async () => {
    const tooMuch: RequestListener = (_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 100000-399999/400000', etag });
      response.end(content);
    };
    const { saved } = await download([{ etag, cutAfter: 100_000 }, tooMuch], { expected });
    expect(saved?.equals(content)).toBe(true);
  });

  it('is found out at once when the announced size is not the expected one', async () => {
    const { outcome, ranges, left } = await download([], { expected: { ...expected, bytes: 84_125_825 } });
    expect(outcome).toMatchObject({ code: 'wrong-content' });
    expect(outcome.message).toMatch(/offers a file of 400000 bytes, expected 84125825/);
    expect(ranges).toHaveLength(1);
    expect(left).toEqual([]);
  });
});

describe('a wrong file', () => {
  it('of the right size is refused and deleted', async () => {
    const { outcome, left, ranges } = await download([], { expected, content: changed });
    expect(outcome).toMatchObject({ code: 'wrong-content' });
    expect(outcome.message).toContain(`sha256 ${sha256Of(changed)}; expected`);
    expect(ranges).toHaveLength(1);
    expect(left).toEqual([]);
  });

  const page = '<html><title>Login</title></html>';
  it.each([
    [
      'a web page',
      status(200, { 'content-type': 'text/html; charset=utf-8' }),
      /sent a web page \(text\/html/,
    ],
    [
      'a web page that calls itself a gzip file',
      ((_request, response) =>
        response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(page)) as RequestListener,
      /sent something that begins with "<html><title>Login/,
    ],
  ])('that is %s is refused at once, with a word about login pages', async (_name, answer, message) => {
    const { outcome, ranges, left } = await download([answer]);
    expect(outcome).toMatchObject({ code: 'not-the-file' });
    expect(outcome.message).toMatch(message);
    expect(outcome.hint).toMatch(/login page/i);
    expect(ranges).toHaveLength(1);
    expect(left).toEqual([]);
  });

  it('that stands behind a redirect to a login page is refused too', async () => {
    const { outcome } = await download([
      status(302, { location: '/login' }),
      status(200, { 'content-type': 'text/html' }),
    ]);
    expect(outcome.message).toMatch(/\/login sent a web page/);
  });
});

describe('HTTP errors', () => {
  it('that pass are waited for, as long as the server asks', async () => {
    const { saved, notes } = await download([status(503, { 'retry-after': '0' }), status(429), status(500)]);
    expect(saved?.equals(content)).toBe(true);
    expect(notes).toHaveLength(3);
    expect(notes[0]).toMatch(/answered 503 Service Unavailable\. Trying again \(attempt 2 of 6\)/);
  });

  it('that do not pass after six attempts are given up', async () => {
    const { outcome, ranges } = await download(always(status(503)));
    expect(outcome).toMatchObject({ code: 'http-status' });
    expect(outcome.message).toMatch(/503 Service Unavailable\. Gave up after 6 attempts/);
    expect(ranges).toHaveLength(6);
  });

  it.each([401, 403, 404, 410])('such as %i are told at once', async (code) => {
    const { outcome, ranges, left } = await download([status(code)]);
    expect(outcome).toMatchObject({ code: 'http-status' });
    expect(outcome.message).toContain(`file.tar.gz answered ${code}`);
    expect(outcome.hint).toMatch(/--archive FILE/);
    expect([ranges.length, left]).toEqual([1, []]);
  });

  it.each([
    ['in a circle', '/file.tar.gz', /redirects more than 5 times/],
    ['to a file of this machine', 'file:///etc/passwd', /redirects \(302\) to "file:\/\/\/etc\/passwd"/],
    ['to nowhere', '', /redirects \(302\) to ""/],
  ])('include redirects %s', async (_name, location, message) => {
    const { outcome } = await download(always(status(302, { location })));
    expect(outcome).toMatchObject({ code: 'http-status' });
    expect(outcome.message).toMatch(message);
  });
});

describe('an end from outside', () => {
  it('keeps what was received and throws the reason', async () => {
    const controller = new AbortController();
    const stalling: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length, etag });
      response.write(content.subarray(0, 100_000));
    };
    const { outcome, left } = await download([stalling], {
      signal: controller.signal,
      onProgress: ({ kind, ...event }) => {
        if (kind === 'download' && 'receivedBytes' in event && event.receivedBytes === 100_000) {
          controller.abort(new Error('enough'));
        }
      },
    });
    expect(outcome).toEqual(new Error('enough'));
    expect(left.sort()).toEqual(['file.tar.gz.part', 'file.tar.gz.part.json']);
  });

  it('is heard while it waits to try again', async () => {
    const controller = new AbortController();
    const started = performance.now();
    const { outcome } = await download(always(status(503)), {
      signal: controller.signal,
      firstPauseMs: 20_000,
      onNote: () => controller.abort(new Error('enough')),
    });
    expect(outcome).toEqual(new Error('enough'));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('the local disk', () => {
  it.skipIf(process.platform !== 'linux')(
    'that is full is told as such (Linux only: /dev/full)',
    async () => {
      const folder = await temporaryFolder();
      await symlink('/dev/full', join(folder, 'file.tar.gz.part'));
      const { outcome, ranges } = await download([], { folder });
      expect(outcome).toBeInstanceOf(UserError);
      expect(outcome).not.toBeInstanceOf(DownloadError);
      expect(outcome.message).toMatch(/Cannot write .*file\.tar\.gz\.part: the disk is full \(ENOSPC\)/);
      expect(outcome.hint).toMatch(/Free some space/);
      expect(ranges).toHaveLength(1);
    },
  );

  it('whose folder is a file is told as such', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'taken'), '');
    const url = new URL('http://127.0.0.1:1/file.tar.gz');
    const outcome = await downloadFile(url, join(folder, 'taken', 'file')).catch((error) => error);
    expect(outcome).toBeInstanceOf(UserError);
    expect(outcome.message).toMatch(/ENOTDIR|EEXIST/);
  });
});
