import { Agent, type Dispatcher, errors, Pool, ProxyAgent } from 'undici';
import { type Environment, type ProxyServer, proxyOf } from './proxy-of.js';

/** How long a connection may take to come about, in ms. */
export const connectMs = 15_000;

/**
 * Sends each request by way of the proxy that the environment names for it, see `proxyOf`, or straight to its server.
 *
 * @throws DownloadError, when something is asked for, where the environment's value is no address of a proxy
 */
export function environmentAgent({ environment }: { environment?: Environment } = {}): Dispatcher {
  const connect = { timeout: connectMs };
  return new Agent({
    connect,
    factory(origin, options) {
      const proxy = proxyOf(new URL(origin), environment);
      return proxy ? agentFor(proxy) : new Pool(origin, options);
    },
  });
}

function agentFor({ url, variable }: ProxyServer): ProxyAgent {
  const { username, password } = url;
  const credentials = [username, password].map(decoded).join(':');
  return new ProxyAgent({
    uri: url.href,
    token: username ? `Basic ${Buffer.from(credentials).toString('base64')}` : undefined,
    proxyTls: { timeout: connectMs },
    requestTls: { timeout: connectMs },
    clientFactory: (origin, options) => new TunnelPool(origin, { ...options, variable }),
  });
}

/** A password with a stray % is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The connections to a proxy. One that closes on CONNECT gives up the request: undici 7 takes the closing (UND_ERR_SOCKET)
 * for that of a connection it may simply open again, and does so for ever, thousands of times a second, out of reach
 * of any signal (mended in undici 8.13, which needs Node 22.19).
 */
class TunnelPool extends Pool {
  readonly #variable: string;

  constructor(origin: URL, { variable, ...options }: Pool.Options & { variable: string }) {
    super(origin, options);
    this.#variable = variable;
  }

  // biome-ignore lint/suspicious/noExplicitAny: undici's own signature has two forms, and ProxyAgent uses this one
  override async connect(options: any): Promise<any> {
    try {
      return await super.connect(options);
    } catch (error) {
      if (!(error instanceof errors.SocketError)) throw error;
      throw Object.assign(
        new Error(`the proxy in ${this.#variable} closed the connection`, { cause: error }),
        {
          code: 'ERR_PROXY_CLOSED',
        },
      );
    }
  }
}
