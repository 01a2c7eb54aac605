/**
 * A value out of a Parquet file as JSON knows it: whole numbers of 64 bits as numbers where these are exact, else in
 * digits; dates in ISO 8601; bytes as hexadecimal digits; what is not there as null.
 */
export function parquetValue(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(parquetValue);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, parquetValue);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, parquetValue(part)]));
}
