import { parentPort, workerData } from 'node:worker_threads';
import { useBackend } from '../backends/use-backend.js';
import { RunFolder } from '../runs/run-folder.js';
import { type TrainRunEvent, trainRun } from './train-run.js';
import { sendError, type ToTraining, type TrainingMessage, type TrainingOrder } from './training-message.js';

// The thread of `trainInBackground`: it owns the backend, trains as `trainRun` does, and tells the events.

const port = parentPort!;
const order = workerData as TrainingOrder;
const controller = new AbortController();
let untaken = 0;
let isStopped = false;
let wake = () => {};

port.on('message', (message: ToTraining) => {
  if (message === 'taken') untaken -= 1;
  else controller.abort();
  if (message === 'stop') isStopped = true;
  wake();
});
if (order.aborted) controller.abort();

const send = (message: TrainingMessage) => port.postMessage(message);

function plain(event: TrainRunEvent): Extract<TrainingMessage, { type: 'event' }>['event'] {
  if (event.type === 'prepared') {
    const { task: _, run, ...rest } = event;
    return { ...rest, run: run.path };
  }
  return event.type === 'finished' ? { ...event, run: event.run.path } : event;
}

async function run(): Promise<void> {
  const { options, backend, backendOptions, resume, from, eventsAhead } = order;
  const { reason: _, name, ...chosen } = await useBackend(backend, backendOptions);
  const events = trainRun({
    ...options,
    resume: resume === undefined ? undefined : new RunFolder(resume),
    from: from && { ...from, run: new RunFolder(from.run) },
    backend: { backend: name, ...chosen },
    signal: controller.signal,
  });
  for await (const event of events) {
    send({ type: 'event', event: plain(event) });
    untaken += 1;
    while (untaken >= eventsAhead && !isStopped) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (isStopped) return;
  }
}

try {
  await run();
  send({ type: 'end' });
} catch (error) {
  send({ type: 'failure', error: sendError(error) });
} finally {
  port.close();
}
