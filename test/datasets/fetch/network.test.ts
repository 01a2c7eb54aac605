import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Agent } from 'undici';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import { type DownloadFileOptions, downloadFile } from '../../../src/datasets/fetch/download-file.js';
import { explainNetworkError } from '../../../src/datasets/fetch/network-failure.js';
import { answerFile, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';

const content = Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(100_000, 'review ')]);

beforeEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
  return () => vi.unstubAllEnvs();
});

async function download(url: URL | string, options: DownloadFileOptions = {}) {
  const destination = join(await temporaryFolder(), 'file.tar.gz');
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  const given = { firstPauseMs: 1, stallMs: 5000, onNote, ...options };
  const outcome = await downloadFile(new URL(url), destination, given).catch((error) => error);
  return { outcome, notes, saved: await readFile(destination).catch(() => undefined) };
}

/** Port on 127.0.0.1 of a server that ends with the test. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A connection whose name look-up fails as it does without a network. */
const agentWithoutNames = (code: string) =>
  new Agent({
    connect: {
      lookup: (name, _options, done) =>
        done(Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code }), '', 4),
    },
  });

describe('no way to the server', () => {
  it('is told soon where its name is not known', async () => {
    const { outcome, notes } = await download('http://reviews.invalid/file', {
      dispatcher: agentWithoutNames('ENOTFOUND'),
    });
    expect(outcome).toBeInstanceOf(DownloadError);
    expect(outcome.code).toBe('unreachable');
    expect(outcome.message).toMatch(
      /Cannot reach reviews\.invalid: its name is not known \(DNS\) \(ENOTFOUND\)/,
    );
    expect(outcome.hint).toMatch(/HTTPS_PROXY.*--archive FILE/);
    expect(notes).toHaveLength(1);
  });

  it('is told soon where nothing listens', async () => {
    const port = await listen(createServer());
    const closed = await download(`http://127.0.0.1:${port === 1 ? 2 : 1}/file`);
    expect(closed.outcome).toMatchObject({ code: 'unreachable' });
    expect(closed.outcome.message).toMatch(/127\.0\.0\.1:\d: the connection was refused \(ECONNREFUSED\)/);
    expect(closed.notes).toHaveLength(1);
  });

  it('is waited out longer once the server was there', async () => {
    const server = await serve((request, response) => {
      answerFile(request, response, { content, etag: '"one"', cutAfter: 50_000 });
    });
    let reachable = true;
    const dispatcher = new Agent({
      connect: (options, done) => {
        if (!reachable) return done(Object.assign(new Error('connect'), { code: 'ENETUNREACH' }), null);
        reachable = false;
        const socket = connect(Number(options.port), options.hostname);
        socket.on('connect', () => done(null, socket));
      },
    });
    const { outcome, notes } = await download(server.url, { dispatcher });
    expect(outcome.message).toMatch(/ENETUNREACH\)\. Gave up after 6 attempts. 0\.1 MB are kept/);
    expect(notes.at(-1)).toMatch(/attempt 6 of 6/);
  });
});

describe('a server that speaks no HTTP', () => {
  it('is an interruption, told after six attempts', async () => {
    const port = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    const { outcome, notes } = await download(`http://127.0.0.1:${port}/file`);
    expect(outcome).toMatchObject({ code: 'interrupted' });
    expect(outcome.message).toMatch(/The connection to 127\.0\.0\.1:\d+ broke: .*Gave up after 6 attempts/);
    expect(notes).toHaveLength(5);
  });
});

describe('an encrypted connection', () => {
  it('whose certificate is not trusted is told at once, with the setting that helps', () => {
    const error = Object.assign(new Error('self-signed certificate in certificate chain'), {
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
    const explained = explainNetworkError(error, new URL('https://reviews.invalid/file')) as DownloadError;
    expect(explained).toBeInstanceOf(DownloadError);
    expect(explained.code).toBe('unreachable');
    expect(explained.message).toMatch(/No secure connection to reviews\.invalid: self-signed/);
    expect(explained.hint).toMatch(/NODE_EXTRA_CA_CERTS/);
  });

  it('to a server without encryption is told at once', async () => {
    const server = await serve((_request, response) => response.end());
    const { outcome, notes } = await download(server.url.href.replace('http:', 'https:'));
    expect(outcome).toMatchObject({ code: 'unreachable' });
    expect(outcome.message).toMatch(/No secure connection/);
    expect(notes).toEqual([]);
  });
});

describe('a proxy named in the environment', () => {
  /** A proxy that connects every name to the same local server. */
  async function startProxy(target: URL, { refuse = false } = {}) {
    const asked: string[] = [];
    const proxy = createHttpServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.on('error', () => {});
      if (refuse) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const upstream = connect(Number(target.port), target.hostname, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
    });
    return { address: `http://127.0.0.1:${await listen(proxy)}`, asked };
  }

  it('is used', async () => {
    const server = await serve((request, response) => answerFile(request, response, { content }));
    const proxy = await startProxy(server.url);
    vi.stubEnv('HTTP_PROXY', proxy.address);
    const { saved } = await download('http://reviews.invalid/file');
    expect(saved?.equals(content)).toBe(true);
    expect(proxy.asked).toEqual(['reviews.invalid:80']);
  });

  it('is not used for what NO_PROXY names', async () => {
    const server = await serve((request, response) => answerFile(request, response, { content }));
    const proxy = await startProxy(server.url);
    vi.stubEnv('HTTP_PROXY', proxy.address);
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    const { saved } = await download(server.url);
    expect(saved?.equals(content)).toBe(true);
    expect(proxy.asked).toEqual([]);
  });

  it('that wants a password is told at once', async () => {
    const proxy = await startProxy(new URL('http://127.0.0.1:1'), { refuse: true });
    vi.stubEnv('HTTP_PROXY', proxy.address);
    const { outcome, notes } = await download('http://reviews.invalid/file');
    expect(outcome).toMatchObject({ code: 'unreachable' });
    expect(outcome.message).toMatch(/The proxy does not let the download through: .*407/);
    expect(outcome.hint).toMatch(/Check HTTP_PROXY .*user:password@host:port/);
    expect(notes).toEqual([]);
  });

  it('that is not there is named as the cause', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    const { outcome } = await download('https://reviews.invalid/file');
    expect(outcome).toMatchObject({ code: 'unreachable' });
    expect(outcome.message).toMatch(/by way of the proxy in HTTPS_PROXY.*ECONNREFUSED/);
  });

  /** A proxy that knows no CONNECT and closes the connection. */
  async function startClosingProxy() {
    let connects = 0;
    const proxy = createHttpServer();
    proxy.on('connect', (_request, socket) => {
      connects += 1;
      socket.destroy();
    });
    return { address: `http://127.0.0.1:${await listen(proxy)}`, connects: () => connects };
  }

  it.each(['http', 'https'])(
    'that closes the connection is given up after two tries (%s)',
    async (scheme) => {
      const proxy = await startClosingProxy();
      vi.stubEnv('HTTP_PROXY', proxy.address);
      const { outcome, notes } = await download(`${scheme}://reviews.invalid/file`);
      expect(outcome).toBeInstanceOf(DownloadError);
      expect(outcome).toMatchObject({ code: 'unreachable' });
      expect(outcome.message).toMatch(
        /Cannot reach reviews\.invalid: the proxy in HTTP_PROXY closed the connection/,
      );
      expect(notes).toHaveLength(1);
      expect(proxy.connects()).toBe(2);
    },
  );

  it('that says nothing is left as soon as the signal comes', async () => {
    const silent = createServer(() => {});
    vi.stubEnv('HTTP_PROXY', `127.0.0.1:${await listen(silent)}`);
    const controller = new AbortController();
    silent.on('connection', (socket) => {
      socket.on('error', () => {});
      controller.abort(new Error('stopped'));
    });
    const { outcome } = await download('http://reviews.invalid/file', { signal: controller.signal });
    expect(outcome.message).toBe('stopped');
  });

  it('is sent user and password, also a password with a stray %', async () => {
    const server = await serve((request, response) => answerFile(request, response, { content }));
    const seen: (string | undefined)[] = [];
    const proxy = createHttpServer();
    proxy.on('connect', (request, socket) => {
      seen.push(request.headers['proxy-authorization']);
      socket.on('error', () => {});
      const upstream = connect(Number(server.url.port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
    });
    vi.stubEnv('HTTP_PROXY', `anna:100%25&50%@127.0.0.1:${await listen(proxy)}`);
    const { saved } = await download('http://reviews.invalid/file');
    expect(saved?.equals(content)).toBe(true);
    expect(seen).toEqual([`Basic ${Buffer.from('anna:100%25&50%').toString('base64')}`]);
  });

  it('that is no address is refused by its variable before anything is asked for', async () => {
    vi.stubEnv('HTTPS_PROXY', 'htp://127.0.0.1:9');
    const { outcome, notes } = await download('https://reviews.invalid/file');
    expect(outcome).toMatchObject({ code: 'unreachable' });
    expect(outcome.message).toMatch(/^HTTPS_PROXY is "htp:/);
    expect(notes).toEqual([]);
  });

  it('is not used for a network that NO_PROXY names; what means nothing there is noted', async () => {
    const server = await serve((request, response) => answerFile(request, response, { content }));
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('NO_PROXY', '10.*,127.0.0.0/8');
    const { saved, notes } = await download(server.url);
    expect(saved?.equals(content)).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^NO_PROXY holds "10\.\*", .* passed over\.$/)]);
  });
});
