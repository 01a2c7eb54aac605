import { describe, expect, it } from 'vitest';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import { isExcepted, unknownEntries } from '../../../src/datasets/fetch/no-proxy.js';
import { proxyOf } from '../../../src/datasets/fetch/proxy-of.js';

const https = new URL('https://reviews.test/file');
const http = new URL('http://reviews.test/file');
const hrefOf = (url: URL, environment: Record<string, string>) => proxyOf(url, environment)?.url.href;

describe('the proxy that the environment names', () => {
  it('is none where nothing is set, or what is set is empty', () => {
    expect(proxyOf(https, {})).toBeUndefined();
    expect(proxyOf(https, { HTTPS_PROXY: '', HTTP_PROXY: ' ' })).toBeUndefined();
  });

  it.each([
    ['127.0.0.1:9', 'http://127.0.0.1:9/'],
    ['proxy.example', 'http://proxy.example/'],
    ['proxy.example:8080', 'http://proxy.example:8080/'],
    ['user:word@proxy.example:8080/', 'http://user:word@proxy.example:8080/'],
    [' http://proxy.example:8080\n', 'http://proxy.example:8080/'],
    ['https://proxy.example', 'https://proxy.example/'],
    ['socks5://proxy.example:1080', 'socks5://proxy.example:1080'],
  ])('is read as curl reads it: %j', (value, href) => {
    expect(hrefOf(https, { HTTPS_PROXY: value })).toBe(href);
  });

  it.each([
    ['htp://127.0.0.1:9', /HTTPS_PROXY is "htp:\/\/127\.0\.0\.1:9": .* not htp\.$/],
    ['http://', /HTTPS_PROXY is "http:\/\/": it is no web address\.$/],
    ['http:/proxy.example', /HTTPS_PROXY is "http:\/proxy\.example": it is no web address\.$/],
    ['proxy.example:x', /HTTPS_PROXY is "proxy\.example:x": it is no web address\.$/],
    ['"http://proxy.example"', /HTTPS_PROXY is .* no web address\.$/],
  ])('is refused by its variable, with a next step: %j', (value, message) => {
    const refused = (() => {
      try {
        return proxyOf(https, { HTTPS_PROXY: value });
      } catch (error) {
        return error;
      }
    })() as DownloadError;
    expect(refused).toBeInstanceOf(DownloadError);
    expect(refused.message).toMatch(message);
    expect(refused.hint).toMatch(/http:\/\/host:port.*unset HTTPS_PROXY/);
  });

  it('is not told with its password', () => {
    const environment = { https_proxy: 'htp://user:secret@proxy.example' };
    expect(() => proxyOf(https, environment)).toThrow(/^https_proxy is "htp:\/\/…@proxy\.example"/);
  });

  it('is that of the protocol; that of http serves https, too, and not the other way', () => {
    const [one, two] = ['http://one/', 'http://two/'];
    expect(hrefOf(https, { HTTPS_PROXY: one, HTTP_PROXY: two })).toBe(one);
    expect(hrefOf(http, { HTTPS_PROXY: one, HTTP_PROXY: two })).toBe(two);
    expect(hrefOf(https, { HTTP_PROXY: two })).toBe(two);
    expect(hrefOf(http, { HTTPS_PROXY: one })).toBeUndefined();
  });

  it('is that of the lower-case name before the other, and says which', () => {
    const environment = { https_proxy: 'one', HTTPS_PROXY: 'two' };
    expect(proxyOf(https, environment)).toMatchObject({ variable: 'https_proxy' });
    expect(hrefOf(https, environment)).toBe('http://one/');
  });

  it('is none for what NO_PROXY excepts, even where it makes no sense', () => {
    expect(proxyOf(https, { HTTPS_PROXY: 'htp://x', NO_PROXY: 'reviews.test' })).toBeUndefined();
    expect(hrefOf(https, { HTTPS_PROXY: 'one', NO_PROXY: 'other.test' })).toBe('http://one/');
  });
});

describe('NO_PROXY', () => {
  it.each([
    ['*', 'http://a.org'],
    ['a.org', 'http://a.org'],
    ['a.org', 'http://www.A.org:8080'],
    ['.a.org', 'http://www.a.org'],
    ['*.a.org', 'https://www.a.org'],
    ['b.org, a.org', 'http://a.org'],
    ['b.org a.org', 'http://a.org'],
    ['a.org:443', 'https://a.org'],
    ['127.0.0.1', 'http://127.0.0.1:9'],
    ['10.0.0.0/8', 'http://10.200.3.4'],
    ['10.1.2.3/8', 'http://10.200.3.4'],
    ['192.168.4.0/22', 'http://192.168.7.255'],
    ['0.0.0.0/0', 'http://8.8.8.8'],
    ['[::1]', 'http://[::1]:80'],
    ['::1', 'http://[::1]'],
    ['fd00::/8', 'http://[fd12::1]'],
  ])('%j excepts %s', (noProxy, url) => {
    expect(isExcepted(new URL(url), noProxy)).toBe(true);
    expect(unknownEntries(noProxy)).toEqual([]);
  });

  it.each([
    ['', 'http://a.org'],
    ['a.org', 'http://ba.org'],
    ['a.org:8080', 'http://a.org'],
    ['192.168.4.0/22', 'http://192.168.8.0'],
    ['10.0.0.0/8', 'http://ten.org'],
    ['fd00::/8', 'http://[fe80::1]'],
    ['fd00::/8', 'http://10.0.0.1'],
    ['0.0.1', 'http://127.0.0.1'],
  ])('%j does not except %s', (noProxy, url) => {
    expect(isExcepted(new URL(url), noProxy)).toBe(false);
  });

  it('tells what means nothing, and goes by the rest', () => {
    const noProxy = 'http://a.org,10.*,10.0.0.0/99,10.0.0.0/x,a.org/8,,b.org:999999,c.org';
    expect(unknownEntries(noProxy)).toEqual([
      'http://a.org',
      '10.*',
      '10.0.0.0/99',
      '10.0.0.0/x',
      'a.org/8',
      'b.org:999999',
    ]);
    expect(isExcepted(new URL('http://c.org'), noProxy)).toBe(true);
  });
});
