import type { TrainRunEvent } from './train-run.js';

type EventOf<Type extends TrainRunEvent['type']> = Extract<TrainRunEvent, { type: Type }>;

/** Steps that share a point of a curve. */
const stepsPerPoint = 20;

/** A point of several curves: numbers by their names, such as `validation/loss`. */
export interface CurvePoint {
  readonly scalars: Readonly<Record<string, number>>;
  /** Counted through all epochs. */
  readonly step: number;
  /** The first step that earlier points of the same training must not speak of, if it begins with this point. */
  readonly restartAt: number;
}

/** Makes points of curves of what a training yields: one for every twenty steps, and one at the end of every epoch. */
export class TrainingCurves {
  private group: EventOf<'step'>[] = [];

  /** The point that an event completes, if it does. */
  pointOf(event: TrainRunEvent): CurvePoint | undefined {
    if (event.type === 'epoch' || event.type === 'validated') return validationPoint(event);
    if (event.type === 'finished') return this.stepPoint();
    if (event.type !== 'step') return undefined;
    this.group.push(event);
    return event.step % stepsPerPoint === 0 || event.step === event.steps ? this.stepPoint() : undefined;
  }

  /** Mean loss of the steps since the last point; what the task reports, over the epoch so far. */
  private stepPoint(): CurvePoint | undefined {
    const [first, last] = [this.group[0], this.group.at(-1)];
    if (!last) return undefined;
    const loss = this.group.reduce((sum, event) => sum + event.loss, 0) / this.group.length;
    this.group = [];
    const { loss: _mean, ...means } = last.means;
    const { learningRate } = last;
    const scalars = {
      'train/loss': loss,
      ...named('train', means),
      ...(learningRate !== undefined && { learning_rate: learningRate }),
      examples_per_second: last.examplesPerSecond,
    };
    return { scalars, step: last.state.steps, restartAt: first.state.steps };
  }
}

function validationPoint(event: EventOf<'epoch' | 'validated'>): CurvePoint {
  const { type, validation, seconds, state } = event;
  const scalars = {
    ...named('validation', validation ?? {}),
    ...(type === 'epoch' && { 'epoch/seconds': seconds }),
  };
  // Where nothing but this was left to do, what was said of the last step stays.
  return { scalars, step: state.steps, restartAt: state.steps + 1 };
}

function named(group: string, figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${group}/${name}`, value]));
}
