/** A cell's value as text: strings as they are, arrays and objects as JSON, nothing for what is absent. */
export function writtenValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each)) ?? '';
  } catch {
    // It holds itself; no file's row does.
    return String(Object.prototype.toString.call(value));
  }
}
