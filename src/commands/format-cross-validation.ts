import { formatDuration } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { countOf } from '../formats/numbers.js';
import type { CrossValidation, FigureOverFolds } from '../jobs/cross-validate.js';
import type { FoldResult } from '../jobs/measure-fold.js';
import type { Spread } from '../metrics/spread.js';
import { evaluationRecord, type Figure, type FigureForm } from '../tasks/figure.js';
import { formatTable } from '../terminal/table.js';
import type { BestEpoch } from '../training/training-state.js';

/** `fold 2/5  accuracy 76.5 %  F1 76.4 %  epoch 3  1.2 s` */
export function describeFold({ fold, evaluation, best, seconds }: FoldResult, folds: number): string {
  const figures = evaluation.figures
    .filter(({ main }) => main)
    .map(({ title, value, form }) => `${title} ${formatFigure(value, form)}`);
  return [`fold ${fold}/${folds}`, ...figures, placeOf(best), formatDuration(seconds)].join('  ');
}

/** A line for each fold, and one for each figure over all of them. */
export function formatCrossValidation({ folds, figures, foldCount }: CrossValidation): string {
  if (folds.length === 0) return 'Stopped before the first fold was done.';
  const shown = (result: FoldResult): Figure[] => result.evaluation.figures.filter(({ main }) => main);
  const rows = folds.map((result) => [
    String(result.fold),
    formatFigure(result.evaluation.examples, 'count'),
    ...shown(result).map(({ value, form }) => formatFigure(value, form)),
    placeOf(result.best),
    formatDuration(result.seconds),
  ]);
  const header = ['fold', 'examples', ...shown(folds[0]).map(({ title }) => title), 'kept', 'time'];
  const right = header.map(() => 'right' as const);
  return [
    formatTable(rows, { header, align: right }),
    '',
    formatTable(figures.map(overFolds), {
      header: ['figure', 'mean', 'deviation', '95 % interval of the mean', 'least', 'greatest'],
      align: ['left', 'right', 'right', 'left', 'right', 'right'],
    }),
    ...(folds.length < foldCount
      ? ['', `Stopped: ${folds.length} of ${countOf(foldCount, 'fold')} are done.`]
      : []),
  ].join('\n');
}

function overFolds({ title, form, spread }: FigureOverFolds): string[] {
  const write = (value: number | null | undefined) => formatFigure(value, form);
  const [lower, upper] = spread?.interval ?? [];
  const interval = lower === undefined ? '-' : `${write(lower)} to ${write(upper)}`;
  return [
    title,
    write(spread?.mean),
    writeDeviation(spread, form),
    interval,
    write(spread?.least),
    write(spread?.greatest),
  ];
}

/** One digit more than the figure has: deviations are small. */
function writeDeviation(spread: Spread | null, form: FigureForm['form']): string {
  if (spread === null || spread.deviation === null) return '-';
  return form === 'share' ? `${(spread.deviation * 100).toFixed(2)} %` : spread.deviation.toFixed(4);
}

function placeOf({ epoch, step }: BestEpoch): string {
  return `epoch ${epoch}${step === undefined ? '' : `, step ${step}`}`;
}

/** The same as plain data: `figures` by name, `folds` as an evaluation's record each. */
export function crossValidationRecord({ folds, figures, foldCount, examples, config }: CrossValidation) {
  return {
    seed: config.seed,
    examples,
    folds: foldCount,
    foldsDone: folds.length,
    figures: Object.fromEntries(figures.map(({ name, spread }) => [name, spread])),
    perFold: folds.map(({ evaluation, ...fold }) => ({ ...fold, ...evaluationRecord(evaluation) })),
  };
}
