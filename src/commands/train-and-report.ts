import { existsSync } from 'node:fs';
import type { BackendChoice } from '../backends/use-backend.js';
import type { Forgetting } from '../jobs/measure-forgetting.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../jobs/train-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Task } from '../tasks/task.js';
import type { Notes } from '../terminal/notes.js';
import { print, printJson } from '../terminal/print.js';
import { Progress } from '../terminal/progress.js';
import {
  describeEnding,
  describeEpoch,
  describeFigures,
  describePrepared,
  describeResult,
} from './describe-training.js';
import { runLine } from './run-line.js';

type EventOf<Type extends TrainRunEvent['type']> = Extract<TrainRunEvent, { type: Type }>;
type EpochEvent = EventOf<'epoch'>;

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
  print(describeResult(finished, { task, places: options }));
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
  const { name, reason: _reason, ...facts } = backend;
  const finishedEpochs: EpochEvent[] = [];
  let prepared: EventOf<'prepared'> | undefined;
  let finished: EventOf<'finished'> | undefined;
  let bar: Progress | undefined;
  const events = trainRun({ ...options, backend: { backend: name, ...facts } });
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
        notes.note(describeEnding(event.ended, { training: config.training, task: prepared!.task }));
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
      notes.note(
        `what was trained is kept; go on with: ${runLine(['train', '--resume', run.name], { modelsDir, dataDir })}`,
      );
    }
    throw error;
  }
}
