import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../src/formats/bytes.js';
import { formatDuration } from '../../src/formats/durations.js';
import { countOf, formatCount, formatPercent, formatRate } from '../../src/formats/numbers.js';

describe('numbers for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [84_125_825, '84.1 MB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [2.5e9, '2.5 GB'],
    [7e15, '7000.0 TB'],
  ])('shows %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [0.35, '350 ms'],
    [0.9996, '1.0 s'],
    [3.44, '3.4 s'],
    [9.97, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [3599.7, '1 h 00 min'],
    [7320, '2 h 02 min'],
    [Number.NaN, '-'],
    [Number.POSITIVE_INFINITY, '-'],
  ])('shows %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [25_000_000, '25,000,000'],
    [-1234, '-1,234'],
    [1234.6, '1,235'],
    [Number.NaN, '-'],
  ])('shows the count %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('puts a noun into the right number', () => {
    expect([0, 1, 25_000].map((count) => countOf(count, 'example'))).toEqual([
      '0 examples',
      '1 example',
      '25,000 examples',
    ]);
    expect(countOf(2, 'entry', 'entries')).toBe('2 entries');
  });

  it('shows fractions as percent with as many digits as asked for', () => {
    expect([0.765, 0, 1].map((share) => formatPercent(share))).toEqual(['76.5 %', '0.0 %', '100.0 %']);
    expect(formatPercent(0.7649, { digits: 0 })).toBe('76 %');
    expect(formatPercent(Number.NaN)).toBe('-');
  });

  it('shows rates in bytes, in nouns and without either', () => {
    expect(formatRate(5_240_000, 'bytes')).toBe('5.2 MB/s');
    expect(formatRate(3210.4, 'examples')).toBe('3,210 examples/s');
    expect(formatRate(0.42, 'files')).toBe('0.4 files/s');
    expect(formatRate(3210.4, '')).toBe('3,210/s');
    expect(formatRate(Number.NaN, 'files')).toBe('-');
  });
});
