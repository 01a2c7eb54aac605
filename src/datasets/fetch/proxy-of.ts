import { DownloadError } from './download-error.js';
import { isExcepted } from './no-proxy.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy, and which variable of the environment names it. */
export interface ProxyServer {
  readonly url: URL;
  readonly variable: string;
}

const schemes = ['http:', 'https:', 'socks5:', 'socks:'];

/**
 * The proxy that the environment names for an address, as curl and npm read it: HTTPS_PROXY for https, HTTP_PROXY for
 * http (and for https where there is no other), the lower-case name before the upper-case one; `host:port` means
 * `http://host:port`. Undefined where there is none, or NO_PROXY excepts the address.
 *
 * @throws DownloadError that names the variable where its value is no address of a proxy
 */
export function proxyOf(url: URL, environment: Environment = process.env): ProxyServer | undefined {
  const [, noProxy] = setVariable('NO_PROXY', environment) ?? [];
  if (noProxy !== undefined && isExcepted(url, noProxy)) return undefined;
  const https = url.protocol === 'https:' ? setVariable('HTTPS_PROXY', environment) : undefined;
  const [variable, value] = https ?? setVariable('HTTP_PROXY', environment) ?? [];
  if (variable === undefined || value === undefined) return undefined;
  return { variable, url: parseProxy(variable, value) };
}

/** Name and value of a variable that is set and not empty. */
export function setVariable(
  name: string,
  environment: Environment,
): [name: string, value: string] | undefined {
  const found = [name.toLowerCase(), name].find((each) => environment[each] !== undefined);
  const value = found && environment[found]?.trim();
  return found && value ? [found, value] : undefined;
}

function parseProxy(variable: string, value: string): URL {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
  const address = hasScheme ? value : `http://${value}`;
  if (!URL.canParse(address)) throw refusal(variable, value, 'it is no web address');
  const url = new URL(address);
  if (!schemes.includes(url.protocol)) {
    throw refusal(
      variable,
      value,
      `a proxy is spoken to by http, https or socks5, not ${url.protocol.slice(0, -1)}`,
    );
  }
  if (!hasScheme && url.pathname !== '/') throw refusal(variable, value, 'it is no web address');
  return url;
}

function refusal(variable: string, value: string, reason: string): DownloadError {
  // What stands before the @ may be a password.
  const shown = value.replace(/[^/]*@/, '…@');
  return new DownloadError('unreachable', `${variable} is "${shown}": ${reason}.`, {
    hint: `Set it to http://host:port (or http://user:password@host:port), or unset it: unset ${variable}`,
  });
}
