import { errors } from 'undici';
import { DownloadError } from './download-error.js';
import { proxyOf } from './proxy-of.js';
import { TransferFailure } from './transfer-failure.js';

const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known (DNS)',
  EAI_AGAIN: 'the name server does not answer (DNS)',
  ECONNREFUSED: 'the connection was refused',
  ENETUNREACH: 'there is no way to its network',
  EHOSTUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
};

const stalled = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/;

/**
 * What an error out of a connection means: a `TransferFailure` where trying again may help, a `DownloadError` where it
 * cannot; anything that is not a network error is given back as it is.
 *
 * @param error as undici or Node threw it
 * @param url what was asked for
 */
export function explainNetworkError(error: unknown, url: URL): unknown {
  const { message } = error as Error;
  const code = codeOf(error);
  if (code === undefined || error instanceof TransferFailure || error instanceof DownloadError) return error;
  if (code === 'ERR_PROXY_CLOSED') {
    return new TransferFailure('unreachable', `Cannot reach ${url.host}: ${message}.`, { cause: error });
  }
  if (unreachable[code]) {
    return new TransferFailure(
      'unreachable',
      `Cannot reach ${url.host}${viaProxy(url)}: ${unreachable[code]} (${code}).`,
      {
        cause: error,
      },
    );
  }
  if (stalled.has(code)) {
    return new TransferFailure('interrupted', `${url.host} sent nothing for a while (${code}).`, {
      cause: error,
    });
  }
  if (certificate.test(code)) {
    return new DownloadError('unreachable', `No secure connection to ${url.host}: ${message} (${code}).`, {
      hint: 'Behind a proxy that inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS. Or fetch the file in another way and use --archive FILE.',
      cause: error,
    });
  }
  if (/^Proxy response/.test(message)) {
    return new DownloadError('unreachable', `The proxy does not let the download through: ${message}.`, {
      hint: `Check ${proxyOf(url)?.variable ?? 'HTTPS_PROXY'} (user and password go into it: http://user:password@host:port).`,
      cause: error,
    });
  }
  return new TransferFailure('interrupted', `The connection to ${url.host} broke: ${message} (${code}).`, {
    cause: error,
  });
}

/** Undefined when it is no network error; undici's parser has errors without a code. */
function codeOf(error: unknown): string | undefined {
  const { code, name } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  return error instanceof errors.UndiciError || error instanceof errors.HTTPParserError ? name : undefined;
}

function viaProxy(url: URL): string {
  const proxy = proxyOf(url);
  return proxy ? ` (by way of the proxy in ${proxy.variable})` : '';
}
