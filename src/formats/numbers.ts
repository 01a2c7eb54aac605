import { formatBytes } from './bytes.js';

/** A whole number with thousands separators: `25,000`; `-` when it is not a number. Fractions are rounded. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return '-';
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun in the right number: `1 example`, `25,000 examples`; `plural` only where it is not noun + s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A fraction as percent: 0.765 is `76.5 %`; `-` when it is not a number. `digits` after the point: 1. */
export function formatPercent(fraction: number, { digits = 1 }: { digits?: number } = {}): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(digits)} %` : '-';
}

/** How much a second, in `unit`: `5.2 MB/s` for `bytes`, else `3,210 examples/s`, below ten with one digit: `0.4 files/s`. */
export function formatRate(perSecond: number, unit: string): string {
  if (!Number.isFinite(perSecond)) return '-';
  if (unit === 'bytes') return `${formatBytes(perSecond)}/s`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond)} ${unit}/s`.replace(' /', '/');
}
