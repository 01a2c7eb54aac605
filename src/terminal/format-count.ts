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
