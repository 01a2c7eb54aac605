import { join } from 'node:path';
import { restartEvent, scalarsEvent } from '../tensorboard/event.js';
import { createEventFile } from '../tensorboard/event-file.js';
import type { TrainRunEvent } from './train-run.js';
import { type CurvePoint, TrainingCurves } from './training-curves.js';

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
  let write: ((event: TrainRunEvent) => Promise<void>) | undefined;
  for await (const event of events) {
    if (event.type === 'prepared') {
      const { run } = event;
      const place = folder === undefined ? join(run.path, 'tensorboard') : join(folder, run.name);
      write = await eventWriter(place, event);
    } else {
      await write?.(event).catch((error: Error) => {
        write = undefined;
        onProblem(error);
      });
    }
    yield event;
  }
}

async function eventWriter(
  place: string,
  { resumed }: { readonly resumed?: { readonly step: number } },
): Promise<(event: TrainRunEvent) => Promise<void>> {
  const file = await createEventFile(place);
  const curves = new TrainingCurves();
  let isResumed = resumed !== undefined;
  const append = async ({ scalars, step, restartAt }: CurvePoint) => {
    const wallTime = Date.now() / 1000;
    const restart = isResumed ? [restartEvent({ wallTime, step: restartAt })] : [];
    isResumed = false;
    await file.append([...restart, scalarsEvent(scalars, { wallTime, step })]);
  };
  return async (event) => {
    const point = curves.pointOf(event);
    if (point) await append(point);
  };
}
