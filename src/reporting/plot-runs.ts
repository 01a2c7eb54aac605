import { UserError } from '../errors/user-error.js';
import { type ComparedRun, isMeasured, type MeasuredRun } from '../evaluation/compare-runs.js';
import { formatCount } from '../formats/numbers.js';
import { accuracyTimePlot } from './accuracy-time-plot.js';
import { distinguishDatasets } from './distinguish-datasets.js';

/**
 * Accuracy against training time of all runs that have both, as SVG.
 *
 * @returns `leftOut`: names of measured runs whose training time is not known
 * @throws UserError when no run has both
 */
export function plotRuns(compared: readonly ComparedRun[]): { svg: string; leftOut: string[] } {
  const measured = compared.filter(isMeasured);
  const shown = measured.filter(({ facts }) => (facts.trainingSeconds ?? 0) > 0);
  if (shown.length === 0) {
    throw new UserError(
      'There is nothing to plot: no run has both an accuracy and a training time.',
      'Name runs that `imdb-rnn train` has finished.',
    );
  }
  const datasetOf = distinguishDatasets(shown);
  const plotted = shown.map((run) => ({
    name: datasetOf.has(run) ? `${run.run.name} (${datasetOf.get(run)})` : run.run.name,
    accuracy: run.evaluation.accuracy,
    interval: run.evaluation.accuracyInterval,
    seconds: run.facts.trainingSeconds!,
  }));
  return {
    svg: accuracyTimePlot(plotted, { subtitle: subtitleOf(shown, datasetOf.size > 0) }),
    leftOut: measured.filter((run) => !shown.includes(run)).map(({ run }) => run.name),
  };
}

function subtitleOf([{ examples, evaluation }]: readonly MeasuredRun[], isMixed: boolean): string {
  const data = isMixed ? '' : ` of ${examples.dataset}, ${formatCount(evaluation.examples)} examples`;
  return `${examples.split} split${data}; the lines are 95 % intervals`;
}
