import { formatFigure } from '../formats/figure.js';
import type { FigureTable } from '../tasks/figure.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';
import type { RunDescription } from './run-description.js';

/** `<section>`s with the figures and the tables of an evaluation; none without one. */
export function evaluationSections({ evaluation }: Pick<RunDescription, 'evaluation'>): string[] {
  if (!evaluation) return [];
  const { split, result } = evaluation;
  const overall = htmlTable([
    ...result.figures.map(({ title, value, form, interval }) => {
      const written = formatFigure(value, form);
      const [lower, upper] = (interval ?? []).map((bound) => formatFigure(bound, form));
      return [title, { number: interval ? `${written} (95 %: ${lower} to ${upper})` : written }];
    }),
    ['examples', { number: formatFigure(result.examples, 'count') }],
  ]);
  const plain = result.tables.filter(({ kind }) => kind === 'figures').map(figuresTable);
  const on = escapeHtml(split);
  return [
    `<section><h2>Results on the ${on} split</h2>\n${[overall, ...plain].join('\n')}\n</section>`,
    ...result.tables
      .filter(({ kind }) => kind === 'confusion')
      .map((table) => {
        return `<section><h2>${escapeHtml(table.title)}, ${on} split</h2>\n${confusionTable(table)}\n</section>`;
      }),
  ];
}

function figuresTable({ corner, columns, rows }: FigureTable): string {
  return htmlTable(
    rows.map(({ name, values }) => [
      name,
      ...values.map((value, column) => ({ number: formatFigure(value, columns[column].form) })),
    ]),
    { header: [corner, ...columns.map(({ title }) => ({ number: title }))] },
  );
}

/** Each cell tinted by its share of the examples of its true label. */
function confusionTable({ corner, columns, rows }: FigureTable): string {
  const head = columns.map(({ title }) => `<th>${escapeHtml(title)}</th>`).join('');
  const body = rows.map(({ name, values }) => {
    const total = values.reduce<number>((sum, count) => sum + (count ?? 0), 0) || 1;
    const cells = values.map((count) => {
      const share = (count ?? 0) / total;
      const tint = `background: rgba(var(--hit), ${(share * 0.55).toFixed(3)})`;
      const written = formatFigure(count, 'count');
      return `<td style="${tint}">${written}<br><span class="small">${formatFigure(share, 'share')}</span></td>`;
    });
    return `<tr><th>${escapeHtml(corner)} ${escapeHtml(name)}</th>${cells.join('')}</tr>`;
  });
  return `<table class="confusion"><thead><tr><th></th>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`;
}
