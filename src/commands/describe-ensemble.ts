import { formatFigure } from '../formats/figure.js';
import { countOf } from '../formats/numbers.js';
import type { CreatedEnsemble } from '../jobs/create-ensemble.js';
import { describeDecision } from '../reporting/describe-decision.js';
import { formatTable } from '../terminal/table.js';
import { describeNextSteps, type Places } from './run-line.js';

/** The same for `--json`. */
export function createdRecord({ run, ...rest }: CreatedEnsemble) {
  return { run: run.name, path: run.path, ...rest };
}

/** What an ensemble was made of, and what can be done with it. */
export async function describeCreated(
  { run, members, leftOut, fit, decision }: CreatedEnsemble,
  places: Places,
): Promise<string> {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const rows = members.map(({ name, weight }) => [name, formatFigure(weight / total, 'share')]);
  const task = await run.readTask();
  const fitted = fit
    ? [
        `Weights fitted on ${countOf(fit.examples, 'held-out example')}: log loss ${fit.loss.toFixed(4)}; ` +
          `all alike ${fit.equalLoss.toFixed(4)}, the best run alone ${Math.min(...fit.ownLosses).toFixed(4)}`,
        ...(leftOut.length > 0 ? [`Left out, since a mean with it is worse: ${leftOut.join(', ')}`] : []),
      ]
    : [];
  return [
    formatTable(rows, { header: ['member', 'share'] }),
    '',
    ...fitted,
    ...describeDecision(task, decision).map((sentence) => `Decided:     ${sentence}`),
    ...describeNextSteps(run, places),
  ].join('\n');
}
