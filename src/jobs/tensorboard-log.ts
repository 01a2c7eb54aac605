import { join } from 'node:path';
import { restartEvent, scalarsEvent } from '../tensorboard/event.js';
import { createEventFile, type EventFile } from '../tensorboard/event-file.js';
import type { TrainRunEvent } from './train-run.js';

type EventOf<Type extends TrainRunEvent['type']> = Extract<TrainRunEvent, { type: Type }>;

/** Steps that share a point of a curve. */
const stepsPerPoint = 20;

export interface TensorBoardOptions {
  /** The run's events go into a folder of its name in here; default: `tensorboard` in the run's own folder. */
  readonly folder?: string;
  /** Is told once why nothing more is written, such as that the disk is full: the training goes on. */
  readonly onProblem: (error: Error) => void;
}

/**
 * Writes what a training yields for TensorBoard, and hands it on. Steps are counted through all epochs. A resumed training
 * begins a file of its own, which takes the place of what the former one says of later steps.
 *
 * @throws the file system's error when the first file cannot be made: before the first step
 */
export async function* withTensorBoard(
  events: AsyncIterable<TrainRunEvent>,
  { folder, onProblem }: TensorBoardOptions,
): AsyncGenerator<TrainRunEvent> {
  let log: TensorBoardLog | undefined;
  for await (const event of events) {
    if (event.type === 'prepared') {
      const { run, resumed } = event;
      const place = folder === undefined ? join(run.path, 'tensorboard') : join(folder, run.name);
      log = new TensorBoardLog(await createEventFile(place), { resumed });
    } else if (log) {
      try {
        await log.write(event);
      } catch (error) {
        log = undefined;
        onProblem(error as Error);
      }
    }
    yield event;
  }
}

class TensorBoardLog {
  private group: EventOf<'step'>[] = [];
  private stepsOfEpoch: number;
  private isResumed: boolean;

  constructor(
    private readonly file: EventFile,
    { resumed }: { readonly resumed?: { readonly step: number } },
  ) {
    this.isResumed = resumed !== undefined;
    // Right only where a training was stopped after the last step of an epoch; else a step comes before anything needs it.
    this.stepsOfEpoch = resumed?.step ?? 0;
  }

  async write(event: TrainRunEvent): Promise<void> {
    if (event.type === 'step') {
      this.stepsOfEpoch = event.steps;
      this.group.push(event);
      if (event.step % stepsPerPoint === 0 || event.step === event.steps) await this.flush();
    } else if (event.type === 'epoch') await this.writeEpoch(event);
    else if (event.type === 'finished') await this.flush();
  }

  private async writeEpoch({ epoch, validation, seconds }: EventOf<'epoch'>): Promise<void> {
    const figures = Object.entries(validation ?? {}).map(([name, value]) => [`validation/${name}`, value]);
    const scalars = { ...Object.fromEntries(figures), 'epoch/seconds': seconds };
    const step = epoch * this.stepsOfEpoch;
    // Where nothing but this was left to do, what the former file says of the last step stays.
    await this.append(scalars, { step, restartAt: step + 1 });
  }

  /** Mean loss of the steps since the last point; what the task reports, over the epoch so far. */
  private async flush(): Promise<void> {
    const last = this.group.at(-1);
    if (!last) return;
    const loss = this.group.reduce((sum, event) => sum + event.loss, 0) / this.group.length;
    const first = this.group[0];
    this.group = [];
    const { loss: _mean, ...means } = last.means;
    const figures = Object.entries(means).map(([name, value]) => [`train/${name}`, value]);
    const { learningRate } = last as { readonly learningRate?: number };
    const scalars = {
      'train/loss': loss,
      ...Object.fromEntries(figures),
      ...(learningRate !== undefined && { learning_rate: learningRate }),
      examples_per_second: last.examplesPerSecond,
    };
    await this.append(scalars, { step: stepOf(last), restartAt: stepOf(first) });
  }

  private async append(
    scalars: Record<string, number>,
    { step, restartAt }: { readonly step: number; readonly restartAt: number },
  ): Promise<void> {
    const wallTime = Date.now() / 1000;
    const restart = this.isResumed ? [restartEvent({ wallTime, step: restartAt })] : [];
    this.isResumed = false;
    await this.file.append([...restart, scalarsEvent(scalars, { wallTime, step })]);
  }
}

const stepOf = ({ epoch, step, steps }: EventOf<'step'>) => (epoch - 1) * steps + step;
