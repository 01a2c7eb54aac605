import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type BackendOptions, partBackendOptions } from '../backends/backend-choice.js';
import type { BackendName } from '../backends/backend-names.js';
import { UserError } from '../errors/user-error.js';
import { packageFile } from '../files/package-root.js';
import { RunFolder } from '../runs/run-folder.js';
import type { TrainRunEvent, TrainRunOptions } from './train-run.js';
import {
  receiveError,
  sendError,
  type ToTraining,
  type TrainingMessage,
  type TrainingOrder,
} from './training-message.js';

export interface TrainInBackgroundOptions extends Omit<TrainRunOptions, 'backend'>, BackendOptions {
  /** What computes, in the training's own thread; default `auto`. */
  readonly backend?: BackendName;
}

/** Enough that the training seldom waits for whoever takes its events, and few enough that they are no burden at once. */
const eventsAhead = 32;

/**
 * Trains as {@link trainRun} does, in a thread of its own with a backend of its own, so that the event loop stays free: a server
 * goes on answering. The events are the same, and so are the weights, bit for bit, and all that is left in the run folder.
 *
 * The training begins when the first event is asked for. It goes on while an event is looked at, up to some events ahead.
 * Whoever leaves the loop ends it without a report, as with `trainRun`; `signal` ends it after the step that runs, with a
 * checkpoint.
 *
 * ```ts
 * for await (const event of trainInBackground({ config, configName: 'mine', dataDir: 'data', modelsDir: 'models' })) {
 *   if (event.type === 'epoch') console.log(event.epoch, event.validation);
 * }
 * ```
 *
 * @throws UserError as `trainRun` does; Error when the thread dies
 */
export async function* trainInBackground(options: TrainInBackgroundOptions): AsyncGenerator<TrainRunEvent> {
  const { signal } = options;
  const received: TrainingMessage[] = [];
  let wake = () => {};
  const receive = (message: TrainingMessage) => {
    received.push(message);
    wake();
  };
  const worker = new Worker(threadFile(), {
    workerData: orderOf(options),
    name: 'imdb-rnn training',
    // What the parent was started with (a loader, an inspector) is not for this thread.
    execArgv: [],
  });
  const tell = (message: ToTraining) => worker.postMessage(message);
  const abort = () => tell('abort');
  signal?.addEventListener('abort', abort);
  worker.on('message', receive);
  worker.on('error', (error) => receive({ type: 'failure', error: sendError(error) }));
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      const error = new Error(`the thread of the training ended with code ${code}`);
      receive({ type: 'failure', error: sendError(error) });
      resolve();
    });
  });
  try {
    for (;;) {
      while (received.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const message = received.shift()!;
      if (message.type === 'end') return;
      if (message.type === 'failure') throw receiveError(message.error);
      yield await eventOf(message.event);
      tell('taken');
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    tell('stop');
    await ended;
  }
}

function orderOf(options: TrainInBackgroundOptions): TrainingOrder {
  const { resume, from, signal, backend = 'auto', ...given } = options;
  const { backendOptions, others } = partBackendOptions(given);
  return {
    ...{ options: others, resume: resume?.path, backend },
    ...(from && { from: { ...from, run: from.run.path } }),
    backendOptions,
    ...{ aborted: signal?.aborted ?? false, eventsAhead },
  };
}

async function eventOf(event: Extract<TrainingMessage, { type: 'event' }>['event']): Promise<TrainRunEvent> {
  if (event.type === 'prepared') {
    const run = new RunFolder(event.run);
    return { ...event, run, task: await run.readTask() };
  }
  return event.type === 'finished' ? { ...event, run: new RunFolder(event.run) } : event;
}

function threadFile(): string {
  const path = packageFile('dist', 'jobs', 'training-thread.js');
  if (existsSync(path)) return path;
  throw new UserError(
    `The program of the training's thread is not there: ${path}.`,
    'A bundler leaves it out: keep imdb-rnn outside of the bundle (esbuild: --external:imdb-rnn), beside it in node_modules.',
  );
}
