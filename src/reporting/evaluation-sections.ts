import { formatFigure } from '../formats/figure.js';
import type { FigureTable } from '../tasks/figure.js';
import { cutTable } from './cut-table.js';
import { describeDecision } from './describe-decision.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';
import type { RunDescription } from './run-description.js';

/** Labels of a confusion matrix on a page. */
const mostConfused = 30;

/** `<section>`s with the figures and the tables of an evaluation; none without one. */
export function evaluationSections({
  evaluation,
  task,
}: Pick<RunDescription, 'evaluation' | 'task'>): string[] {
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
  const decided = describeDecision(task, task.decision).map(
    (sentence) => `<p class="soft small">${escapeHtml(sentence)}</p>`,
  );
  const on = escapeHtml(split);
  return [
    `<section><h2>Results on the ${on} split</h2>\n${[overall, ...decided].join('\n')}\n</section>`,
    ...result.tables
      .filter(({ kind }) => kind === 'figures')
      .map((table) => {
        const title = `<h2>${escapeHtml(table.title)}, ${on} split</h2>`;
        return `<section class="wide">${title}\n${figuresTable(table)}\n</section>`;
      }),
    ...result.tables
      .filter(({ kind }) => kind === 'confusion')
      .map((whole) => {
        const { table, note } = cutTable(whole, { rows: mostConfused });
        const below = note ? `\n<p class="soft small">${escapeHtml(note)}</p>` : '';
        return `<section><h2>${escapeHtml(table.title)}, ${on} split</h2>\n${confusionTable(table)}${below}\n</section>`;
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
