import { afterEach, describe, expect, it } from 'vitest';
import { withMlflow } from '../../src/jobs/mlflow-log.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import { type FakeMlflow, fakeMlflow } from '../tracking/fake-mlflow.js';
import { config, dataDir, modelsDir, prepareTrainings, weightsOf, whole } from './trainings.js';

prepareTrainings();

let server: FakeMlflow | undefined;
afterEach(() => server?.close());

const environment = { MLFLOW_EXPERIMENT_NAME: 'films' };

async function tracked(url: string, options: Partial<TrainRunOptions>, stop = (_: TrainRunEvent) => false) {
  const problems: string[] = [];
  const training = trainRun({ config: config(), configName: 'test', dataDir, modelsDir, ...options });
  const onProblem = ({ message }: Error) => problems.push(message);
  const events: TrainRunEvent[] = [];
  for await (const event of withMlflow(training, { url, environment, onProblem })) {
    events.push(event);
    if (stop(event)) break;
  }
  return { events, problems };
}

const lastStatus = () => server!.requests.at(-1)!.body.status;

describe('a training that is sent to MLflow', () => {
  it('has its settings and curves there, and is what it would be else', async () => {
    server = await fakeMlflow();
    const { events, problems } = await tracked(server.url, { name: 'sent' });
    expect(problems).toEqual([]);
    const finished = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
    expect(await weightsOf(finished.run)).toEqual(await weightsOf(whole.run));
    const bodies = server.requests.map(({ body }) => body);
    expect(bodies.find(({ run_name }) => run_name)).toMatchObject({ run_name: 'sent', experiment_id: '8' });
    const params = bodies.flatMap(({ params = [] }) => params);
    expect(params).toContainEqual({ key: 'training.batchSize', value: '4' });
    const metrics = bodies.flatMap(({ metrics = [] }) => metrics);
    const stepsOf = (key: string) => metrics.filter((each) => each.key === key).map(({ step }) => step);
    expect(stepsOf('train/loss')).toEqual([20, 23, 43, 46, 66, 69]);
    expect(stepsOf('validation/accuracy')).toEqual([23, 46, 69]);
    expect(lastStatus()).toBe('FINISHED');
  });

  it('tells how it ended: interrupted, or broken off', async () => {
    server = await fakeMlflow();
    const controller = new AbortController();
    await tracked(server.url, { name: 'interrupted', signal: controller.signal }, (event) => {
      if (event.type === 'step') controller.abort();
      return false;
    });
    expect(lastStatus()).toBe('KILLED');
    await tracked(server.url, { name: 'broken-off' }, ({ type }) => type === 'epoch');
    expect(lastStatus()).toBe('FAILED');
  });

  it('goes on where the server fails, or is not there, and says so once', async () => {
    server = await fakeMlflow({ failAt: 'runs/log-batch' });
    const refused = await tracked(server.url, { name: 'refused' });
    expect(refused.problems).toEqual([`${server.url} answers 500: {"error_code":"INTERNAL_ERROR"}`]);
    expect(refused.events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
    const { url } = server;
    await server.close();
    server = undefined;
    const gone = await tracked(url, { name: 'gone' });
    expect(gone.problems).toEqual([expect.stringMatching(/^fetch failed: .*ECONNREFUSED/)]);
    expect(gone.events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
  });
});
