/** A number as JSON writes it; `007` is no number but a name. */
const numberPattern = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * A label's name: numbers in their shortest form, so that 1, 1.0 and "1.0" are one label; white space at the ends does
 * not count, and within is one space. Undefined for what is no label: nothing, an empty text, an object.
 */
export function labelName(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? shortest(value) : undefined;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return undefined;
  const name = value.trim().replace(/\s+/g, ' ');
  if (name === '') return undefined;
  if (!numberPattern.test(name)) return name;
  const number = Number(name);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact ? shortest(number) : name;
}

/** -0 is 0. */
const shortest = (value: number) => String(value + 0);

/** Names in the order in which they get their indices: numbers by value where all are numbers, else by code point. */
export function sortNames(names: Iterable<string>): string[] {
  const sorted = [...names];
  if (sorted.every((name) => numberPattern.test(name))) {
    return sorted.sort((one, other) => Number(one) - Number(other) || byCodePoint(one, other));
  }
  return sorted.sort(byCodePoint);
}

/** UTF-8 keeps the order of code points, which UTF-16 does not. */
function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
