import { formatCount as formatInteger, formatPercent as formatShare } from '../formats/numbers.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';
import type { RunDescription } from './run-description.js';

/** `<section>`s with the figures of an evaluation: overall and per label, and the confusion matrix; none without one. */
export function evaluationSections({ evaluation }: Pick<RunDescription, 'evaluation'>): string[] {
  if (!evaluation) return [];
  const { split, result } = evaluation;
  const [lower, upper] = result.accuracyInterval.map((bound) => formatShare(bound));
  const overall = htmlTable([
    ['accuracy', { number: `${formatShare(result.accuracy)} (95 %: ${lower} to ${upper})` }],
    ['loss', { number: result.loss.toFixed(4) }],
    ['ROC AUC', { number: result.rocAuc === null ? '-' : result.rocAuc.toFixed(4) }],
    ['examples', { number: formatInteger(result.examples) }],
  ]);
  const perClass = htmlTable(
    Object.entries(result.perClass).map(([label, { precision, recall, f1, examples }]) => [
      label,
      ...[precision, recall, f1].map((share) => ({ number: formatShare(share) })),
      { number: formatInteger(examples) },
    ]),
    { header: ['label', ...['precision', 'recall', 'F1', 'examples'].map((number) => ({ number }))] },
  );
  return [
    `<section><h2>Results on the ${escapeHtml(split)} split</h2>\n${overall}\n${perClass}\n</section>`,
    `<section><h2>Confusion matrix, ${escapeHtml(split)} split</h2>\n${confusionTable(result)}\n</section>`,
  ];
}

type Result = NonNullable<RunDescription['evaluation']>['result'];

/** Each cell tinted by its share of the examples of its true label. */
function confusionTable({ confusion, labels }: Pick<Result, 'confusion' | 'labels'>): string {
  const head = labels.map((label) => `<th>predicted ${escapeHtml(label)}</th>`).join('');
  const rows = confusion.map((counts, label) => {
    const total = counts.reduce((sum, count) => sum + count, 0) || 1;
    const cells = counts.map((count) => {
      const share = count / total;
      const tint = `background: rgba(var(--hit), ${(share * 0.55).toFixed(3)})`;
      return `<td style="${tint}">${formatInteger(count)}<br><span class="small">${formatShare(share)}</span></td>`;
    });
    return `<tr><th>truly ${escapeHtml(labels[label])}</th>${cells.join('')}</tr>`;
  });
  return `<table class="confusion"><thead><tr><th></th>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}
