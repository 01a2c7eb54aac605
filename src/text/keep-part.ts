import type { TextConfig } from '../config/schema.js';

/**
 * The part of a list that is kept: its first or last `maxLength` entries, or of `both` half from the start and half from
 * the end, the odd one from the start.
 */
export function keepPart<Entry>(
  entries: Entry[],
  { maxLength, keep }: Pick<TextConfig, 'maxLength' | 'keep'>,
): Entry[] {
  if (entries.length <= maxLength) return entries;
  const fromStart = lengthFromStart(maxLength, keep);
  const firstOfEnd = entries.length - maxLength + fromStart;
  if (fromStart === maxLength) return entries.slice(0, fromStart);
  return [...entries.slice(0, fromStart), ...entries.slice(firstOfEnd)];
}

/** How many of `length` entries come from the start; the others come from the end. */
export function lengthFromStart(length: number, keep: TextConfig['keep']): number {
  if (keep === 'both') return Math.ceil(length / 2);
  return keep === 'start' ? length : 0;
}
