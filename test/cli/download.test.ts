import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { officialCounts } from '../../src/datasets/acl-imdb/official-archive.js';
import { reviewEntries, writeArchive } from '../datasets/make-archive.js';
import { answerFile, serve } from '../datasets/serve.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';
import { collect, runCli, startCli } from './run-cli.js';

const noProxy = Object.fromEntries(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'].map((name) => [
    name,
    undefined,
  ]),
);
let base: string;
/** An archive with as many (short) reviews in train and test as the real one. */
let archive: string;
/** What a download of it made. */
let filled: string;

const download = (args: readonly string[], env: Record<string, string | undefined> = {}) =>
  runCli(['download', ...args], { env: { ...noProxy, ...env } });

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'imdb-rnn-download-'));
  const counts = { ...officialCounts, unsupervised: {} };
  archive = await writeArchive(join(base, 'archive.tar.gz'), reviewEntries(counts));
  filled = join(base, 'filled');
});

afterAll(() => rm(base, { recursive: true, force: true }));

describe('imdb-rnn download', () => {
  it('unpacks a local archive, says where the reviews are and that it is not the official one', async () => {
    const { code, stdout, stderr } = await download(['--archive', archive, '--data-dir', filled]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^train +25,000 reviews +.*aclImdb.train\.jsonl\ntest +25,000 reviews +.*\nDone in /,
    );
    expect(stderr).toMatch(/archive\.tar\.gz is not the official archive/);
    expect((await readdir(join(filled, 'aclImdb'))).sort()).toEqual([
      'index.json',
      'test.jsonl',
      'train.jsonl',
    ]);
  });

  it('says that all is there, and does nothing', async () => {
    const index = join(filled, 'aclImdb', 'index.json');
    const { mtimeMs } = await stat(index);
    const { code, stdout, stderr } = await download(['--data-dir', filled]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/was there already\n.*was there already\nNothing to do, all of it was there\.\n$/);
    expect((await stat(index)).mtimeMs).toBe(mtimeMs);
  });

  it('gives the result as one line of JSON, and nothing else with --quiet', async () => {
    await truncate(join(filled, 'aclImdb', 'test.jsonl'), 100);
    const args = ['--archive', archive, '--data-dir', filled, '--json', '--quiet'];
    const { code, stdout, stderr } = await download(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const split = {
      reviews: 25_000,
      layout: 'compact',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    expect(JSON.parse(stdout)).toEqual({
      dataset: 'acl-imdb',
      unpacked: ['test'],
      splits: {
        train: { ...split, path: join(filled, 'aclImdb', 'train.jsonl') },
        test: { ...split, path: join(filled, 'aclImdb', 'test.jsonl') },
      },
      archive: {
        path: archive,
        bytes: (await stat(archive)).size,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        official: false,
      },
      seconds: expect.any(Number),
    });
  });

  it('writes one file per review with --files', async () => {
    const dataDir = await temporaryFolder();
    const { code, stdout } = await download([
      '--archive',
      archive,
      '--data-dir',
      dataDir,
      '--files',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).splits.train).toMatchObject({ reviews: 25_000, layout: 'files' });
    const review = join(dataDir, 'aclImdb', 'train', 'pos', '12499_9.txt');
    expect(await readFile(review, 'utf8')).toBe('Review 12499 of train pos.');
  });

  it('looks for the unlabelled reviews only with --unsupervised', async () => {
    const args = ['--archive', archive, '--data-dir', filled, '--unsupervised'];
    const { code, stdout, stderr } = await download(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /error: .*is not the whole data set: 0 reviews in unsupervised unsup, expected 50000/,
    );
  });
});

describe('imdb-rnn download --url', () => {
  it('goes on where a broken connection stopped, and tells so on standard error', async () => {
    const content = await readFile(archive);
    const server = await serve((request, response) => {
      const cutAfter = server.requests.length === 1 ? 200_000 : undefined;
      answerFile(request, response, { content, etag: '"1"', cutAfter });
    });
    const dataDir = await temporaryFolder();
    const { code, stdout, stderr } = await download(['--url', server.url.href, '--data-dir', dataDir]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/25,000 reviews/);
    expect(stderr).toMatch(/The connection to .* broke.*Trying again/);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=200000-']);
  });

  it.skipIf(process.platform === 'win32')(
    'keeps what it has at Ctrl-C, ends with 130, and goes on at the next call (skipped on Windows: no signals)',
    async () => {
      const content = await readFile(archive);
      let stalls = true;
      const server = await serve((request, response) => {
        if (!stalls) return answerFile(request, response, { content, etag: '"1"' });
        response.writeHead(200, { 'content-length': content.length, etag: '"1"' });
        response.write(content.subarray(0, 200_000));
      });
      const dataDir = await temporaryFolder();
      const args = ['download', '--url', server.url.href, '--data-dir', dataDir];
      const child = startCli(args, { env: noProxy });
      const result = collect(child);
      const part = join(dataDir, 'aclImdb_v1.tar.gz.part');
      while (((await stat(part).catch(() => undefined))?.size ?? 0) < 200_000) await pause(20);
      child.kill('SIGINT');
      expect(await result).toEqual({
        code: 130,
        signal: null,
        stdout: '',
        stderr: 'Stopped. What was received is kept. Run the same command again to go on.\n',
      });
      expect((await readdir(dataDir)).sort()).toEqual([
        'aclImdb_v1.tar.gz.part',
        'aclImdb_v1.tar.gz.part.json',
      ]);
      stalls = false;
      const again = await download(args.slice(1));
      expect(again.code).toBe(0);
      expect(again.stderr).toMatch(/Going on after the 0\.2 MB of an earlier download/);
      expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=200000-']);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'leaves a beginning that the next call uses when it is killed (skipped on Windows: no SIGKILL)',
    async () => {
      const content = await readFile(archive);
      const server = await serve((request, response) => {
        if (server.requests.length > 1) return answerFile(request, response, { content, etag: '"1"' });
        response.writeHead(200, { 'content-length': content.length, etag: '"1"' });
        response.write(content.subarray(0, 300_000));
      });
      const dataDir = await temporaryFolder();
      const args = ['--url', server.url.href, '--data-dir', dataDir];
      const child = startCli(['download', ...args], { env: noProxy });
      const part = join(dataDir, 'aclImdb_v1.tar.gz.part');
      while (((await stat(part).catch(() => undefined))?.size ?? 0) < 300_000) await pause(20);
      child.kill('SIGKILL');
      await once(child, 'close');
      expect((await download(args)).code).toBe(0);
      expect(server.requests[1].headers.range).toBe('bytes=300000-');
    },
  );

  it('tells of a login page, and leaves nothing', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Login</html>');
    });
    const dataDir = join(await temporaryFolder(), 'data');
    const { code, stdout, stderr } = await download(['--url', server.url.href, '--data-dir', dataDir]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^error: http:.* sent a web page \(text\/html\) instead of a gzip archive\.\nhint: A login page/,
    );
    expect(await readdir(dataDir)).toEqual([]);
  });
});

describe('imdb-rnn download without a network', () => {
  it('tells soon that the server cannot be reached, and what else can be done', async () => {
    const dataDir = await temporaryFolder();
    const { code, stdout, stderr } = await download(['--data-dir', dataDir], {
      HTTPS_PROXY: 'http://127.0.0.1:1',
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error: Cannot reach ai\.stanford\.edu:?.*\(by way of the proxy in HTTPS_PROXY\)/);
    expect(stderr).toMatch(/hint: Check the network.*--archive FILE/);
  });
});

describe('imdb-rnn download, used wrongly', () => {
  it.each([
    [
      ['--archive', 'a.tar.gz', '--url', 'http://b'],
      /'--archive <file>' cannot be used with option '--url <address>'/,
    ],
    [['--split', 'train'], /unknown option '--split'/],
    [['train'], /too many arguments/],
  ])('ends with 2 and shows the mistake: %j', async (args, message) => {
    const { code, stdout, stderr } = await download(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('has help with examples', async () => {
    const { code, stdout } = await download(['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--unsupervised[\s\S]*Examples:\n {2}\$ imdb-rnn download\n/);
  });
});
