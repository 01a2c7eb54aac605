import { type EarlyStopping, stopsEarly } from './early-stopping.js';
import type { Ended } from './train-event.js';
import type { TrainingState } from './training-state.js';

/** What ends a training; whatever comes first. */
export interface Limits {
  readonly epochs: number;
  /** Default: as many as the epochs have. */
  readonly steps?: number;
  /** Of training and validation; default: as many as it takes. */
  readonly minutes?: number;
  /** Default: never. */
  readonly earlyStopping?: EarlyStopping;
}

/** What ends a training at this point, in an epoch or between two; `undefined` where it goes on. */
export function endedBy(
  { steps, seconds, secondsBefore, history }: TrainingState,
  limits: Limits,
): Ended | undefined {
  if (limits.steps !== undefined && steps >= limits.steps) return 'steps';
  if (limits.minutes !== undefined && secondsBefore + seconds >= limits.minutes * 60) return 'minutes';
  if (limits.earlyStopping && stopsEarly(history, limits.earlyStopping)) return 'earlyStopping';
  return undefined;
}

/** Steps of the whole training, as far as an epoch of so many steps tells. */
export function totalSteps(state: TrainingState, { epochs, steps }: Limits, epochSteps: number): number {
  const before = state.steps - state.step;
  return Math.min(before + (epochs - state.epoch + 1) * epochSteps, steps ?? Number.POSITIVE_INFINITY);
}
