import { existsSync } from 'node:fs';
import type { BackendChoice } from '../backends/use-backend.js';
import type { TrainingConfig } from '../config/schema.js';
import { formatBytes } from '../formats/bytes.js';
import { formatDuration } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { countOf, formatRate } from '../formats/numbers.js';
import type { Forgetting } from '../jobs/measure-forgetting.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../jobs/train-run.js';
import { describeDecision } from '../reporting/describe-decision.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';
import type { Notes } from '../terminal/notes.js';
import { print, printJson } from '../terminal/print.js';
import { Progress } from '../terminal/progress.js';
import type { Ended } from '../training/train-event.js';
import { commandLine } from './program-name.js';

type EventOf<Type extends TrainRunEvent['type']> = Extract<TrainRunEvent, { type: Type }>;
type EpochEvent = EventOf<'epoch'>;
type ValidatedEvent = EventOf<'validated'>;

export interface TrainAndReportOptions extends Omit<TrainRunOptions, 'backend'> {
  backend: BackendChoice;
  notes: Notes;
  /** Write events for TensorBoard: into the run's folder, or into a folder of the run's name in this one. */
  tensorboard?: boolean | string;
  /** Send the curves to this MLflow server. */
  track?: { readonly mlflow: string };
  json: boolean;
  quiet: boolean;
}

/** Trains, shows how it goes, and prints what has come of it. */
export async function trainAndReport(options: TrainAndReportOptions): Promise<void> {
  const { finished, finishedEpochs, task } = await trainAndShow(options);
  const { run, facts, best, decision } = finished;
  const forgetting = await changedBy(finished, options);
  const result = {
    ...{ run: run.name, path: run.path, ...facts, best: best ?? null },
    ...(decision && { decision }),
    ...(forgetting && { forgetting }),
  };
  if (options.json) {
    printJson({ ...result, epochs: finishedEpochs.map(({ type: _type, state: _state, ...epoch }) => epoch) });
    return;
  }
  print(describeResult(finished, task, options));
  if (!forgetting) return;
  const { formatForgetting } = await import('./format-forgetting.js');
  print(`\n${formatForgetting(forgetting)}`);
}

/** Trains, and shows how it goes. */
export async function trainAndShow(options: TrainAndReportOptions): Promise<{
  readonly finished: EventOf<'finished'>;
  readonly finishedEpochs: readonly EpochEvent[];
  readonly task: Task;
}> {
  const { config, notes, quiet, backend } = options;
  const { epochs } = config.training;
  const { name, threads, simd, vectorBits } = backend;
  const finishedEpochs: EpochEvent[] = [];
  let prepared: EventOf<'prepared'> | undefined;
  let finished: EventOf<'finished'> | undefined;
  let bar: Progress | undefined;
  const events = trainRun({ ...options, backend: { backend: name, threads, simd, vectorBits } });
  for await (const event of tellingHowToGoOn(await logged(events, options), options)) {
    if (event.type === 'note') notes.note(event.text);
    else if (event.type === 'warning') notes.warn(event.text);
    else if (event.type === 'prepared') {
      prepared = event;
      for (const line of describePrepared(event, options)) notes.note(line);
    } else if (event.type === 'step') {
      const { epoch, step, steps, means } = event;
      bar ??= new Progress(`epoch ${epoch}/${epochs}`, {
        total: prepared!.trainingExamples,
        start: event.examples,
        unit: 'examples',
        quiet,
      });
      bar.update(event.examples, `step ${step}/${steps}  ${describeFigures(means, prepared!.task)}`);
    } else if (event.type === 'validated' || event.type === 'epoch') {
      if (event.type === 'epoch') finishedEpochs.push(event);
      bar?.stop(describeEpoch(event, epochs, prepared!));
      bar = undefined;
      if (event.type === 'epoch' && event.ended)
        notes.note(endings[event.ended](config.training, prepared!.task));
    } else if (event.type === 'finished') finished = event;
  }
  bar?.stop();
  return { finished: finished!, finishedEpochs, task: prepared!.task };
}

/** Of a run that went on from another one: what that changed. */
async function changedBy(
  { run, status }: EventOf<'finished'>,
  { backend, dataDir, cacheSize, config, from, resume }: TrainAndReportOptions,
): Promise<Forgetting | undefined> {
  if (status !== 'completed' || (!from && !resume)) return undefined;
  const { measureForgetting } = await import('../jobs/measure-forgetting.js');
  const { batchSize } = config.training;
  return measureForgetting(run, { backend, dataDir, cacheSize, batchSize });
}

/** The same events, written and sent on their way to whoever wants them. */
async function logged(
  events: AsyncGenerator<TrainRunEvent>,
  { tensorboard = false, track, notes }: TrainAndReportOptions,
): Promise<AsyncGenerator<TrainRunEvent>> {
  let passed = events;
  if (tensorboard !== false) {
    const { withTensorBoard } = await import('../jobs/tensorboard-log.js');
    const folder = tensorboard === true ? undefined : tensorboard;
    const onProblem = ({ message }: Error) => notes.warn(`no more events for TensorBoard: ${message}`);
    passed = withTensorBoard(passed, { folder, onProblem });
  }
  if (track) {
    const { withMlflow } = await import('../jobs/mlflow-log.js');
    const onProblem = ({ message }: Error) => notes.warn(`nothing more is sent to MLflow: ${message}`);
    passed = withMlflow(passed, { url: track.mlflow, onProblem });
  }
  return passed;
}

/** After an error: what was trained so far is not lost. */
async function* tellingHowToGoOn(
  events: AsyncGenerator<TrainRunEvent>,
  { notes, modelsDir, dataDir }: TrainAndReportOptions,
): AsyncGenerator<TrainRunEvent> {
  let run: RunFolder | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'prepared') run = event.run;
      yield event;
    }
  } catch (error) {
    if (run && existsSync(run.path)) {
      notes.note(`what was trained is kept; go on with: ${goOnLine(run, { modelsDir, dataDir })}`);
    }
    throw error;
  }
}

function goOnLine(
  run: RunFolder,
  { modelsDir, dataDir }: Pick<TrainAndReportOptions, 'modelsDir' | 'dataDir'>,
) {
  return commandLine(['train', '--resume', run.name, ...modelsFlag(modelsDir), ...dataFlag(dataDir)]);
}

const modelsFlag = (modelsDir: string) => (modelsDir === 'models' ? [] : ['--models-dir', modelsDir]);
const dataFlag = (dataDir: string) => (dataDir === 'data' ? [] : ['--data-dir', dataDir]);

/** `loss 0.5123  accuracy 76.5 %` */
function describeFigures(figures: Figures, { reported }: Task): string {
  return reported
    .filter(({ name }) => figures[name] !== undefined)
    .map(({ name, title, form }) => `${title} ${formatFigure(figures[name], form)}`)
    .join('  ');
}

function describePrepared(
  event: EventOf<'prepared'>,
  { resume }: Pick<TrainAndReportOptions, 'resume'>,
): string[] {
  const { run, trainingExamples, validationExamples, parameters, resumed, fromCache } = event;
  const held =
    validationExamples > 0 ? `, ${countOf(validationExamples, 'example')} held out for validation` : '';
  return [
    `${countOf(trainingExamples, 'example')} to train on${held}${fromCache ? ' (from the cache)' : ''}`,
    `model of ${countOf(parameters, 'parameter')}, run ${run.path}`,
    ...(resumed ? [`going on in epoch ${resumed.epoch} after step ${resumed.step}`] : []),
    ...(resume && !resumed ? ['nothing was saved yet: beginning at the first step'] : []),
  ];
}

function describeEpoch(
  event: EpochEvent | ValidatedEvent,
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
const endings = {
  steps: ({ steps }) => `ending after ${steps} steps, as training.steps says`,
  minutes: ({ minutes }) => `ending after ${minutes} minutes, as training.minutes says`,
  earlyStopping: ({ earlyStopping }, { deciding }) => {
    const patience = earlyStopping === 'none' ? 0 : earlyStopping.patience;
    return `ending early: ${countOf(patience, 'validation')} without a better ${deciding.title}`;
  },
} satisfies Record<Ended, (training: TrainingConfig, task: Task) => string>;

function describeResult(
  { run, best, decision, facts }: EventOf<'finished'>,
  task: Task,
  { modelsDir, dataDir }: Pick<TrainAndReportOptions, 'modelsDir' | 'dataDir'>,
): string {
  const { status, seconds = 0, peakMemoryBytes = 0 } = facts;
  const validated = best?.validation ? `, validation ${describeFigures(best.validation, task)}` : '';
  const kept = best
    ? `epoch ${best.epoch}${best.step === undefined ? '' : `, step ${best.step}`}${validated}`
    : 'the weights of the last step: no epoch was finished';
  const decided = describeDecision(task, decision).map(
    (sentence, place) => `\n${place === 0 ? 'Decided:' : '        '}     ${sentence}`,
  );
  const models = modelsFlag(modelsDir);
  const data = dataFlag(dataDir);
  const again = status === 'interrupted' ? `\nGo on:       ${goOnLine(run, { modelsDir, dataDir })}` : '';
  return `${status === 'interrupted' ? 'Stopped' : 'Done'} in ${formatDuration(seconds)}, at most ${formatBytes(peakMemoryBytes)} of memory.
Kept:        ${kept}${decided.join('')}
Run folder:  ${run.path}${again}
Measure it:  ${commandLine(['eval', '--run', run.name, ...models, ...data])}
Use it:      ${commandLine(['predict', '--run', run.name, ...models])} "text"`;
}
