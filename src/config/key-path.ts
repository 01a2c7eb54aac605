/** Where a value stands in a config: `['model', 'layers', 1, 'cell']`. */
export type KeyPath = readonly (string | number)[];

/** As people write it: `model.layers[1].cell`. */
export function formatKeyPath(path: KeyPath): string {
  return path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${key}`))
    .join('');
}

/** Reads `model.layers[1].cell` and `model.layers.1.cell`; undefined when a key is empty, as in `a..b`. */
export function parseKeyPath(text: string): KeyPath | undefined {
  const keys = text.replace(/\[(\d+)\]/g, '.$1').split('.');
  if (keys.some((key) => key === '' || /[[\]\s]/.test(key))) return undefined;
  return keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** Whether `path` is `start` or lies inside it. */
export function isWithin(path: KeyPath, start: KeyPath): boolean {
  return start.every((key, depth) => String(path[depth]) === String(key)) && path.length >= start.length;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** A copy in which the value at a path is another one; mappings that lack on the way are made. The given value stays as it is. */
export function withValueAt(value: unknown, path: KeyPath, replacement: unknown): unknown {
  if (path.length === 0) return replacement;
  const [key, ...rest] = path;
  if (Array.isArray(value))
    return value.with(Number(key), withValueAt(value[Number(key)], rest, replacement));
  return { ...(value as object), [key]: withValueAt(valueAt(value, [key]), rest, replacement) };
}
