import { configRows } from '../reporting/config-rows.js';
import type { RunFolder } from '../runs/run-folder.js';
import {
  type MlflowRun,
  type MlflowServer,
  type MlflowStatus,
  startMlflowRun,
} from '../tracking/mlflow-client.js';
import type { TrainRunEvent } from './train-run.js';
import { TrainingCurves } from './training-curves.js';

export interface MlflowOptions extends MlflowServer {
  /** Is told once why nothing more is sent: the training goes on. */
  readonly onProblem: (error: Error) => void;
}

/**
 * Sends what a training yields to an MLflow server, and hands it on without waiting for the server; only the end of the
 * training waits, for what is still on its way. A training that is resumed is a run of its own there, with the same name. The
 * experiment is `imdb-rnn`, or what the environment variable MLFLOW_EXPERIMENT_NAME says.
 */
export async function* withMlflow(
  events: AsyncIterable<TrainRunEvent>,
  { onProblem, ...server }: MlflowOptions,
): AsyncGenerator<TrainRunEvent> {
  let curves = new TrainingCurves();
  let status: MlflowStatus = 'FAILED';
  let sending: Promise<MlflowRun | undefined> = Promise.resolve(undefined);
  /** Does something with the run after all that was asked before; after a problem nothing more. */
  const send = (task: (run: MlflowRun | undefined) => Promise<MlflowRun | undefined>) => {
    sending = sending.then(task).catch((error: Error) => {
      onProblem(explained(error));
      return undefined;
    });
  };
  try {
    for await (const event of events) {
      if (event.type === 'prepared') {
        curves = new TrainingCurves();
        send(() => begin(server, event.run));
      } else {
        const point = curves.pointOf(event);
        const timestamp = Date.now();
        if (point) {
          const entries = Object.entries(point.scalars);
          const metrics = entries.map(([key, value]) => ({ key, value, timestamp, step: point.step }));
          send(async (run) => {
            await run?.logMetrics(metrics);
            return run;
          });
        }
      }
      if (event.type === 'finished') status = event.status === 'completed' ? 'FINISHED' : 'KILLED';
      yield event;
    }
  } finally {
    send(async (run) => {
      await run?.end(status);
      return run;
    });
    await sending;
  }
}

async function begin(server: MlflowServer, run: RunFolder): Promise<MlflowRun> {
  const environment = server.environment ?? process.env;
  return startMlflowRun(server, {
    experiment: environment.MLFLOW_EXPERIMENT_NAME || 'imdb-rnn',
    name: run.name,
    params: configRows(await run.readConfig()),
  });
}

/** What `fetch` says is only that it failed; why stands in the cause, which has a code alone where several addresses were tried. */
function explained(error: Error): Error {
  const { cause } = error;
  if (!(cause instanceof Error)) return error;
  const reason = cause.message || (cause as NodeJS.ErrnoException).code;
  return new Error(`${error.message}: ${reason}`, { cause });
}
