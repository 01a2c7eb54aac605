import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestServer {
  readonly url: URL;
  /** Headers of each request so far. */
  readonly requests: IncomingMessage[];
}

/** A real HTTP server on 127.0.0.1 that ends with the test. */
export async function serve(handler: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file.tar.gz`), requests };
}

export interface FileAnswerOptions {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Whether `Range` is obeyed. Default true. */
  readonly ranges?: boolean;
  /** Whether `If-Range` is obeyed. Default true. */
  readonly ifRange?: boolean;
  /** The connection is cut after so many bytes of this answer. */
  readonly cutAfter?: number;
}

/** Answers as a good server does, with `Range` and `If-Range` (RFC 9110), but for what `options` say. */
export function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  { content, ...options }: FileAnswerOptions & { readonly content: Buffer },
): void {
  const { etag, lastModified, ranges = true, ifRange = true, cutAfter } = options;
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const condition = request.headers['if-range'];
  const holds = !ifRange || condition === undefined || condition === etag || condition === lastModified;
  if (etag) response.setHeader('etag', etag);
  if (lastModified) response.setHeader('last-modified', lastModified);
  response.setHeader('content-type', 'application/x-gzip');
  const isPart = start > 0 && ranges && holds;
  if (isPart && start >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const body = isPart ? content.subarray(start) : content;
  if (isPart) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
  response.writeHead(isPart ? 206 : 200, { 'content-length': body.length });
  if (cutAfter === undefined || cutAfter >= body.length) response.end(body);
  else response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 10));
}
