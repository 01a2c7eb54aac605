import type { BackendOptions } from '../backends/backend-choice.js';
import type { BackendName } from '../backends/backend-names.js';
import { UserError } from '../errors/user-error.js';
import type { ContinueFrom } from './continuation.js';
import type { TrainRunEvent, TrainRunOptions } from './train-run.js';

/** What a training's thread is to do: data alone, since nothing else goes from one thread to another. */
export interface TrainingOrder {
  readonly options: Omit<TrainRunOptions, 'backend' | 'resume' | 'from' | 'signal'>;
  /** Folder of the run to go on with. */
  readonly resume?: string;
  /** What to go on from, with the run's folder in place of the run. */
  readonly from?: Omit<ContinueFrom, 'run'> & { readonly run: string };
  readonly backend: BackendName;
  readonly backendOptions: BackendOptions;
  /** Whether it was aborted before it began. */
  readonly aborted: boolean;
  /** Events that the thread may be ahead of whoever takes them. */
  readonly eventsAhead: number;
}

/** To the thread: an event was taken; the training is to end after its step; nobody takes events any more. */
export type ToTraining = 'taken' | 'abort' | 'stop';

/** An event without its task, and with its run's folder in place of the run. */
type PlainEvent<Event> = Event extends { readonly run: unknown }
  ? Omit<Event, 'run' | 'task'> & { readonly run: string }
  : Event;

export type TrainingMessage =
  | { readonly type: 'event'; readonly event: PlainEvent<TrainRunEvent> }
  | { readonly type: 'failure'; readonly error: ThrownError }
  | { readonly type: 'end' };

/** An error as data: its class, and what structured cloning leaves out. */
export interface ThrownError {
  readonly isUserError: boolean;
  readonly error: unknown;
  readonly hint?: string;
  /** Such as `code` and `path` of an error of the system. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An error as it goes to another thread. */
export function sendError(error: unknown): ThrownError {
  if (!(error instanceof Error)) return { isUserError: false, error, properties: {} };
  const { message, stack, cause, ...properties } = { ...error } as Error & Record<string, unknown>;
  const plain = Object.entries(properties).filter(([, value]) => ['string', 'number'].includes(typeof value));
  const copy = new Error(error.message, {
    cause: error.cause instanceof Error ? error.cause.stack : undefined,
  });
  copy.stack = error.stack;
  const isUserError = error instanceof UserError;
  return {
    ...{ isUserError, error: copy },
    ...(isUserError && { hint: error.hint }),
    properties: Object.fromEntries(plain),
  };
}

/** The error again, of its class and with its own stack. */
export function receiveError({ isUserError, error, hint, properties }: ThrownError): unknown {
  if (!(error instanceof Error)) return error;
  if (!isUserError) return Object.assign(error, properties);
  const again = new UserError(error.message, hint, { cause: error.cause });
  again.stack = error.stack;
  return again;
}
