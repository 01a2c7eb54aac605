import { formatFigure } from '../formats/figure.js';
import { countOf } from '../formats/numbers.js';
import type { Change, Forgetting } from '../jobs/measure-forgetting.js';
import { formatTable } from '../terminal/table.js';

/** Labels that a table names; `--json` has all. */
const mostLabels = 20;

/** What a training has changed, as people read it: a table for the old examples, and one for the new. */
export function formatForgetting({ former, old, new: learnt }: Forgetting): string {
  return [
    formatChange(old, `Test examples of ${former}`),
    formatChange(learnt, 'Test examples of the new data'),
  ].join('\n\n');
}

function formatChange(change: Change, title: string): string {
  if ('missing' in change) return `${title}: not measured: ${change.missing}`;
  const { examples, figures, recalls } = change;
  const rows = [
    ...figures.map((figure) => ({ ...figure, name: figure.title })),
    ...recalls
      .slice(0, mostLabels)
      .map((recall) => ({ ...recall, name: `recall of ${recall.label}`, form: 'share' as const })),
  ].map(({ name, form, before, after, difference }) => [
    ...[name, formatFigure(before, form), formatFigure(after, form), formatDifference(difference, form)],
  ]);
  const table = formatTable(rows, {
    header: [countOf(examples, 'example'), 'before', 'after', 'difference'],
    align: ['left', 'right', 'right', 'right'],
  });
  const more =
    recalls.length > mostLabels ? `\n(${mostLabels} of ${recalls.length} labels; --json has all)` : '';
  return `${title}:\n${table}${more}`;
}

function formatDifference(difference: number | null, form: 'share' | 'number' | 'count'): string {
  const written = formatFigure(difference, form);
  // What is rounded to nothing has no sign.
  return difference !== null && difference > 0 && /[1-9]/.test(written)
    ? `+${written}`
    : written.replace(/^-(?=[0.]+( %)?$)/, '');
}
