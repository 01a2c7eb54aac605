import type { RequestListener } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import { answerFile, type FileAnswerOptions } from '../serve.js';
import { always, changed, content, download, etag, expected, sha256Of, status } from './download-from.js';

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
