import { afterEach, describe, expect, it } from 'vitest';
import { startMlflowRun } from '../../src/tracking/mlflow-client.js';
import { type FakeMlflow, fakeMlflow } from './fake-mlflow.js';

let server: FakeMlflow | undefined;
afterEach(() => server?.close());

const run = { experiment: 'films', name: 'first', params: [] };
const paths = () => server!.requests.map(({ path }) => path);

describe('a run of an MLflow server', () => {
  it('is made in an experiment, which is made where it is not there', async () => {
    server = await fakeMlflow();
    await startMlflowRun({ url: `${server.url}/`, environment: {} }, run);
    expect(server.requests).toEqual([
      { method: 'GET', path: 'experiments/get-by-name', body: { experiment_name: 'films' } },
      { method: 'POST', path: 'experiments/create', body: { name: 'films' } },
      {
        ...{ method: 'POST', path: 'runs/create' },
        body: { experiment_id: '8', run_name: 'first', start_time: expect.any(Number) },
      },
    ]);
  });

  it('gets settings in portions, metrics that are numbers, and an end', async () => {
    server = await fakeMlflow({ experiment: 'films' });
    const params = Array.from({ length: 130 }, (_, n): [string, string] => [
      `model.layers[${n}].units`,
      'x'.repeat(600),
    ]);
    const { id, logMetrics, end } = await startMlflowRun(
      { url: server.url, environment: {} },
      { ...run, params },
    );
    const metric = { key: 'train/loss', timestamp: 5, step: 20 };
    await logMetrics([
      { ...metric, value: 0.5 },
      { ...metric, value: Number.NaN },
    ]);
    await end('KILLED');
    expect(id).toBe('abc');
    expect(paths()).toEqual([
      ...[
        'experiments/get-by-name',
        'runs/create',
        'runs/log-batch',
        'runs/log-batch',
        'runs/log-batch',
        'runs/update',
      ],
    ]);
    const [, , first, second, metrics, last] = server.requests.map(({ body }) => body);
    expect([first.params.length, second.params.length]).toEqual([100, 30]);
    expect(second.params[0]).toEqual({ key: 'model.layers.100.units', value: 'x'.repeat(500) });
    expect(metrics).toEqual({ run_id: 'abc', metrics: [{ ...metric, value: 0.5 }] });
    expect(last).toEqual({ run_id: 'abc', status: 'KILLED', end_time: expect.any(Number) });
  });

  it('is asked for with the name or token of the environment', async () => {
    server = await fakeMlflow({ experiment: 'films' });
    const ask = (environment: NodeJS.ProcessEnv) => startMlflowRun({ url: server!.url, environment }, run);
    await ask({ MLFLOW_TRACKING_TOKEN: 'secret' });
    await ask({ MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'l:ove' });
    const said = server.requests.map(({ authorization }) => authorization);
    const basic = `Basic ${Buffer.from('ada:l:ove').toString('base64')}`;
    expect(said).toEqual(['Bearer secret', 'Bearer secret', basic, basic]);
  });

  it('that the server refuses is an error with what it said', async () => {
    server = await fakeMlflow({ experiment: 'films', failAt: 'runs/create' });
    await expect(startMlflowRun({ url: server.url, environment: {} }, run)).rejects.toThrow(
      `${server.url} answers 500: {"error_code":"INTERNAL_ERROR"}`,
    );
  });
});
