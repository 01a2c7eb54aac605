import { escapeHtml } from './escape-html.js';

/** A cell's text; numbers stand on the right. */
export type Cell = string | { readonly number: string };

/**
 * A plain HTML table; all texts are escaped.
 *
 * @param options.header column titles; default none
 * @param options.className of the table, for the style sheet
 * @param options.emphasized number of the row that stands out, from 0; default none
 */
export function htmlTable(
  rows: readonly (readonly Cell[])[],
  options: { header?: readonly Cell[]; className?: string; emphasized?: number } = {},
): string {
  const { header, className, emphasized } = options;
  const attribute = className ? ` class="${escapeHtml(className)}"` : '';
  const head = header ? `<thead><tr>${header.map((cell) => drawn('th', cell)).join('')}</tr></thead>` : '';
  const body = rows.map((row, index) => {
    const kept = index === emphasized ? ' class="kept"' : '';
    return `<tr${kept}>${row.map((cell) => drawn('td', cell)).join('')}</tr>`;
  });
  return `<table${attribute}>${head}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

function drawn(tag: 'td' | 'th', cell: Cell): string {
  if (typeof cell === 'string') return `<${tag}>${escapeHtml(cell)}</${tag}>`;
  return `<${tag} class="number">${escapeHtml(cell.number)}</${tag}>`;
}
