import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import { downloadFile } from '../../../src/datasets/fetch/download-file.js';
import { UserError } from '../../../src/errors/user-error.js';
import { answerFile, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';
import { always, changed, content, download, etag, expected, status } from './download-from.js';

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
