import type { TrainingConfig } from '../config/schema.js';
import { formatBytes } from '../formats/bytes.js';
import { formatDuration } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { countOf, formatRate } from '../formats/numbers.js';
import type { TrainRunEvent } from '../jobs/train-run.js';
import { describeDecision } from '../reporting/describe-decision.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';
import type { Ended } from '../training/train-event.js';
import type { BestEpoch } from '../training/training-state.js';
import { describeNextSteps, type Places, runLine } from './run-line.js';

type EventOf<Type extends TrainRunEvent['type']> = Extract<TrainRunEvent, { type: Type }>;

/** `loss 0.5123  accuracy 76.5 %` */
export function describeFigures(figures: Figures, { reported }: Task): string {
  return reported
    .filter(({ name }) => figures[name] !== undefined)
    .map(({ name, title, form }) => `${title} ${formatFigure(figures[name], form)}`)
    .join('  ');
}

/** What a training begins with. @param options.resume the run that it goes on with */
export function describePrepared(event: EventOf<'prepared'>, { resume }: { resume?: RunFolder }): string[] {
  const { run, trainingExamples, excerpts, validationExamples, parameters, resumed, fromCache } = event;
  const held =
    validationExamples > 0 ? `, ${countOf(validationExamples, 'example')} held out for validation` : '';
  const cut = excerpts ? ', excerpts of texts among them' : '';
  return [
    `${countOf(trainingExamples, 'example')} to train on${cut}${held}${fromCache ? ' (from the cache)' : ''}`,
    `model of ${countOf(parameters, 'parameter')}, run ${run.path}`,
    ...(resumed ? [`going on in epoch ${resumed.epoch} after step ${resumed.step}`] : []),
    ...(resume && !resumed ? ['nothing was saved yet: beginning at the first step'] : []),
  ];
}

/** The figures of an epoch, or of a validation within one. @param epochs of the whole training */
export function describeEpoch(
  event: EventOf<'epoch' | 'validated'>,
  epochs: number,
  prepared: EventOf<'prepared'>,
): string {
  const { epoch, training, validation, seconds, best } = event;
  const { task, trainingExamples, validationExamples } = prepared;
  const validated = validation ? `  validation ${describeFigures(validation, task)}` : '';
  const figures = `${describeFigures(training, task)}${validated}`;
  const kept = best ? '  best so far' : '';
  if (event.type === 'validated') {
    return `epoch ${epoch}/${epochs}  step ${event.step}/${event.steps}  ${figures}  ${formatDuration(seconds)}${kept}`;
  }
  const rate = formatRate((trainingExamples + validationExamples) / seconds, 'examples');
  return `epoch ${epoch}/${epochs}  ${figures}  ${formatDuration(seconds)}, ${rate}${kept}`;
}

/** Why a training ended before its epochs were done. */
export function describeEnding(
  ended: Ended,
  { training, task }: { training: TrainingConfig; task: Task },
): string {
  return endings[ended](training, task);
}

const endings = {
  steps: ({ steps }) => `ending after ${steps} steps, as training.steps says`,
  minutes: ({ minutes }) => `ending after ${minutes} minutes, as training.minutes says`,
  earlyStopping: ({ earlyStopping }, { deciding }) => {
    const patience = earlyStopping === 'none' ? 0 : earlyStopping.patience;
    return `ending early: ${countOf(patience, 'validation')} without a better ${deciding.title}`;
  },
} satisfies Record<Ended, (training: TrainingConfig, task: Task) => string>;

/** What has come of a training, and what can be done with it. */
export function describeResult(
  { run, status, best, decision, facts }: EventOf<'finished'>,
  { task, places }: { task: Task; places: Places },
): string {
  const { seconds = 0, peakMemoryBytes = 0 } = facts;
  const [ended, goOn] =
    status === 'interrupted'
      ? ['Stopped', [`Go on:       ${runLine(['train', '--resume', run.name], places)}`]]
      : ['Done', []];
  const decided = describeDecision(task, decision).map(
    (sentence, place) => `${place === 0 ? 'Decided:' : '        '}     ${sentence}`,
  );
  const [folder, ...uses] = describeNextSteps(run, places);
  return [
    `${ended} in ${formatDuration(seconds)}, at most ${formatBytes(peakMemoryBytes)} of memory.`,
    `Kept:        ${describeKept(best, task)}`,
    ...[...decided, folder, ...goOn, ...uses],
  ].join('\n');
}

function describeKept(best: BestEpoch | undefined, task: Task): string {
  if (!best) return 'the weights of the last step: no epoch was finished';
  const { epoch, step, validation } = best;
  const validated = validation ? `, validation ${describeFigures(validation, task)}` : '';
  return `epoch ${epoch}${step === undefined ? '' : `, step ${step}`}${validated}`;
}
