/** What a row has in a column; undefined where it has none, even of a name that every object answers to (`constructor`). */
export function ownValue(values: Readonly<Record<string, unknown>>, column: string): unknown {
  return Object.hasOwn(values, column) ? values[column] : undefined;
}
