import { formatBytes } from './format-bytes.js';
import { formatCount } from './format-count.js';

/** How much a second, in `unit`: `5.2 MB/s` for `bytes`, else `3,210 examples/s`, below ten with one digit: `0.4 files/s`. */
export function formatRate(perSecond: number, unit: string): string {
  if (!Number.isFinite(perSecond)) return '-';
  if (unit === 'bytes') return `${formatBytes(perSecond)}/s`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond)} ${unit}/s`.replace(' /', '/');
}
