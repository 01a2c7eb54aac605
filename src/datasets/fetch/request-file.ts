import { type Dispatcher, errors, request } from 'undici';
import { DownloadError } from './download-error.js';
import { connectMs } from './proxy-agent.js';
import { within } from './within.js';

const redirects = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 5;

export interface RequestOptions {
  readonly dispatcher: Dispatcher;
  /** Longest silence of the server, in ms. */
  readonly stallMs: number;
  readonly signal?: AbortSignal;
}

export interface FileResponse {
  readonly status: number;
  /** The address that answered in the end. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
}

/**
 * Asks for a file, or the rest of it from byte `offset` on, and follows redirects.
 *
 * @param range `validator`: with it the server sends the whole file if it has changed meanwhile (RFC 9110, If-Range)
 * @throws DownloadError after too many redirects, or for one that leads nowhere
 */
export async function requestFile(
  url: URL,
  range: { offset: number; validator?: string },
  { dispatcher, stallMs, signal }: RequestOptions,
): Promise<FileResponse> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'imdb-rnn' };
  if (range.offset > 0) headers.range = `bytes=${range.offset}-`;
  if (range.offset > 0 && range.validator) headers['if-range'] = range.validator;
  let address = url;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const timeouts = { headersTimeout: stallMs, bodyTimeout: stallMs };
    const response = await within(request(address, { headers, dispatcher, signal, ...timeouts }), {
      // To the proxy and from there, then the answer: what takes longer waits for nothing.
      ms: 2 * connectMs + stallMs,
      signal,
      late: () => new errors.HeadersTimeoutError('no answer'),
      discard: ({ body }) => destroy(body),
    });
    const answer = toFileResponse(response, address);
    if (!redirects.has(response.statusCode)) return answer;
    await closeBody(answer);
    address = nextAddress(answer);
  }
  throw new DownloadError('http-status', `${url.href} redirects more than ${maxRedirects} times.`, {
    hint: 'Name its final address with --url, or fetch the file in another way and use --archive FILE.',
  });
}

/** Ends a response whose body nobody wants. */
export async function closeBody({ body }: FileResponse): Promise<void> {
  destroy(body);
}

function destroy(body: FileResponse['body']): void {
  body.on('error', () => {});
  body.destroy();
}

function toFileResponse({ statusCode, headers, body }: Dispatcher.ResponseData, url: URL): FileResponse {
  const flat = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return { status: statusCode, url, headers: Object.fromEntries(flat), body };
}

function nextAddress({ url, headers, status }: FileResponse): URL {
  const { location = '' } = headers;
  const target = location && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (target && ['http:', 'https:'].includes(target.protocol)) return target;
  throw new DownloadError(
    'http-status',
    `${url.href} redirects (${status}) to "${location}", which is no web address.`,
  );
}
