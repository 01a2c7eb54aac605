/** A cell as text: nothing is the empty text; undefined for what is no text. */
export function cellText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return ['number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : undefined;
}

/** A cell as a finite number, booleans as 0 and 1; undefined for what is none. */
export function cellNumber(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Says that a column has no number. */
export function notANumber(column: string, value: unknown): string {
  const got =
    value === undefined || value === null || value === '' ? 'nothing' : JSON.stringify(value).slice(0, 40);
  return `has ${got} in column "${column}", where a number is expected.`;
}

/** Says that a column has no text. */
export function notAText(column: string, value: unknown): string {
  return `has ${kindOf(value)} as its text (column "${column}").`;
}

/** What an array or object is called. */
export const kindOf = (value: unknown) => (Array.isArray(value) ? 'a list' : `an ${typeof value}`);

/**
 * A number for each known value of each categorical column: 1 for the row's own value, else 0. A value that is not known is
 * all zeros.
 *
 * @param categories `[columns][values]`
 * @param values `[columns]`
 */
export function oneHot(categories: readonly (readonly string[])[], values: readonly string[]): number[] {
  return categories.flatMap((known, column) => known.map((name) => Number(name === values[column])));
}
