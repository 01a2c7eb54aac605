import { describe, expect, it } from 'vitest';
import { parseBytes } from '../../src/formats/parse-bytes.js';
import { parseDuration } from '../../src/formats/parse-duration.js';

describe('parseBytes', () => {
  it.each([
    ['2GB', 2e9],
    ['500 MB', 5e8],
    ['1.5kB', 1500],
    ['1 GiB', 2 ** 30],
    ['10', 10],
    ['0', 0],
    [' 7 b ', 7],
  ])('reads "%s" as %d', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'GB', '-1GB', '1e9', '2 giga', '1,5GB', '9999999999TB', 'constructor', '1constructor'])(
    'takes "%s" for no size',
    (text) => {
      expect(parseBytes(text)).toBeUndefined();
    },
  );
});

describe('parseDuration', () => {
  it.each([
    ['30d', 2_592_000],
    ['2 w', 1_209_600],
    ['12h', 43_200],
    ['1.5min', 90],
    ['0s', 0],
  ])('reads "%s" as %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '30', 'd', '-1d', '1m', '3 months'])('takes "%s" for no time', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
