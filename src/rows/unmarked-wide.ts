import { isValidText } from './decode-text.js';

/** How many bytes of a file's beginning are zero, at even and at odd places. */
export function countZeros(head: Uint8Array): { readonly even: number; readonly odd: number } {
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2]++;
  return { even: zeros[0], odd: zeros[1] };
}

/**
 * Whether bytes without a byte order mark are UTF-16 all the same: the high half of each Latin letter is zero, and it
 * stands always before or always behind.
 */
export function unmarkedWide(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const { even, odd } = countZeros(head);
  const wide = odd > 8 * even ? 'utf-16le' : even > 8 * odd ? 'utf-16be' : undefined;
  if (!wide || even + odd <= head.length / 4) return undefined;
  return isValidText(head.subarray(0, head.length & ~3), wide) ? wide : undefined;
}
