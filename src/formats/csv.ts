/** A cell; nothing where there is no value. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * Rows as CSV (RFC 4180, lines ended by a line feed): texts are quoted where they have to be, numbers are written in
 * full.
 */
export function formatCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map((row) => row.map(formatCell).join(',')).join('\n');
}

function formatCell(value: CsvValue): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
