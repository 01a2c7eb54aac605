import { BlockList, isIP } from 'node:net';

/** What one entry of NO_PROXY says of an address; undefined where it says nothing that is understood. */
type Entry = ((host: string, port: number) => boolean) | undefined;

/**
 * Whether NO_PROXY (hosts by commas or spaces, as curl and Go read it) excepts an address: `*` all, `a.org`, `.a.org` and
 * `*.a.org` the host and all below it, `a.org:8080` on that port alone, `10.0.0.0/8` and `fd00::/8` each address in the
 * network. Names are not looked up: a network excepts addresses that are written as numbers.
 */
export function isExcepted(url: URL, noProxy: string): boolean {
  const host = bare(url.hostname);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return entriesOf(noProxy).some((text) => parseEntry(text)?.(host, port) ?? false);
}

/** The entries that mean nothing, such as `10.*` or a network of 99 bits. */
export function unknownEntries(noProxy: string): string[] {
  return entriesOf(noProxy).filter((text) => parseEntry(text) === undefined);
}

const entriesOf = (noProxy: string) => noProxy.split(/[,\s]+/).filter((text) => text !== '');

/** An IPv6 address stands in brackets in a URL. */
const bare = (host: string) => host.toLowerCase().replace(/^\[(.*)\]$/, '$1');

function parseEntry(text: string): Entry {
  if (text === '*') return () => true;
  if (text.includes('/')) return networkEntry(text);
  const [, name = '', port] = /^(\[.*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [undefined, text];
  const wanted = bare(name).replace(/^\*?\./, '');
  if (isIP(wanted) === 0 && !/^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_])?$/u.test(wanted))
    return undefined;
  return (host, hostPort) =>
    (host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`))) &&
    (port === undefined || Number(port) === hostPort);
}

function networkEntry(text: string): Entry {
  const [address, bits, ...more] = text.split('/');
  const version = isIP(bare(address));
  const most = version === 4 ? 32 : 128;
  if (version === 0 || more.length > 0 || !/^\d+$/.test(bits) || Number(bits) > most) return undefined;
  const network = new BlockList();
  network.addSubnet(bare(address), Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return (host) => isIP(host) !== 0 && network.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
