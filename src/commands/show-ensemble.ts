import { formatFigure } from '../formats/figure.js';
import { countOf } from '../formats/numbers.js';
import { type CreatedEnsemble, type CreateEnsembleOptions, createEnsemble } from '../jobs/create-ensemble.js';
import { describeDecision } from '../reporting/describe-decision.js';
import type { RunFolder } from '../runs/run-folder.js';
import { print, printJson } from '../terminal/print.js';
import { Progress } from '../terminal/progress.js';
import { formatTable } from '../terminal/table.js';
import { describeNextSteps, type Places } from './run-line.js';

/** Makes an ensemble, and shows how far the computing is. */
export async function createShown(
  runs: readonly RunFolder[],
  { quiet, ...options }: CreateEnsembleOptions & { readonly quiet: boolean },
): Promise<CreatedEnsemble> {
  let bar: Progress | undefined;
  return createEnsemble(runs, {
    ...options,
    onProgress(done, total) {
      bar ??= new Progress('held-out examples', { total, unit: 'examples', quiet });
      bar.update(done);
    },
  }).finally(() => bar?.stop());
}

/** Prints an ensemble that was made. */
export async function printCreated(
  created: CreatedEnsemble,
  { json, ...places }: Places & { readonly json: boolean },
): Promise<void> {
  const { run, ...rest } = created;
  if (json) printJson({ run: run.name, path: run.path, ...rest });
  else print(await describeCreated(created, places));
}

/** What an ensemble was made of, and what can be done with it. */
async function describeCreated(
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
