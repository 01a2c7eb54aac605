import { UserError } from '../errors/user-error.js';
import { type ComparedRun, isMeasured, type MeasuredRun } from '../evaluation/compare-runs.js';
import { formatCount } from '../formats/numbers.js';
import { accuracyTimePlot } from './accuracy-time-plot.js';
import { distinguishDatasets } from './distinguish-datasets.js';

/**
 * The first figure of the runs against training time, of all that have both, as SVG; runs of other tasks have another first
 * figure than the best run and are left out.
 *
 * @returns `leftOut`: names of measured runs that are not in the picture
 * @throws UserError when no run has both
 */
export function plotRuns(compared: readonly ComparedRun[]): { svg: string; leftOut: string[] } {
  const measured = compared.filter(isMeasured);
  const first = measured[0]?.evaluation.figures[0];
  const shown = measured.filter(
    ({ cost, evaluation: { figures } }) =>
      (cost.trainingSeconds ?? 0) > 0 && figures[0].name === first?.name && figures[0].value !== null,
  );
  if (shown.length === 0) {
    throw new UserError(
      'There is nothing to plot: no run has both figures and a training time.',
      'Name runs that `imdb-rnn train` has finished.',
    );
  }
  const datasetOf = distinguishDatasets(shown);
  const plotted = shown.map((run) => ({
    name: datasetOf.has(run) ? `${run.run.name} (${datasetOf.get(run)})` : run.run.name,
    ...shareOf(run),
    seconds: run.cost.trainingSeconds!,
  }));
  const subtitle = subtitleOf(shown, datasetOf.size > 0);
  return {
    svg: accuracyTimePlot(plotted, { figure: first.title, subtitle }),
    leftOut: measured.filter((run) => !shown.includes(run)).map(({ run }) => run.name),
  };
}

/** Without an interval the line through the dot is no longer than the dot. */
function shareOf({ evaluation }: MeasuredRun) {
  const [{ value, interval }] = evaluation.figures;
  return { value: value!, interval: interval ?? ([value!, value!] as const) };
}

function subtitleOf([{ examples, evaluation }]: readonly MeasuredRun[], isMixed: boolean): string {
  const data = isMixed ? '' : ` of ${examples.dataset}, ${formatCount(evaluation.examples)} examples`;
  return `${examples.split} split${data}; the lines are 95 % intervals`;
}
