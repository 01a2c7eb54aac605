import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a request holds is what the tests look at
  readonly body: any;
  readonly authorization?: string;
}

export interface FakeMlflow {
  readonly url: string;
  readonly requests: FakeRequest[];
  close(): Promise<void>;
}

/**
 * A server with as much of MLflow's REST API 2.0 as a run needs, which refuses what the documented form does not allow.
 *
 * @param options `experiment`: one that is there already; `failAt`: the path of a request that is answered with 500
 */
export async function fakeMlflow({
  experiment,
  failAt,
}: {
  readonly experiment?: string;
  readonly failAt?: string;
} = {}): Promise<FakeMlflow> {
  const requests: FakeRequest[] = [];
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    let text = '';
    for await (const part of request) text += part;
    const path = url.pathname.replace('/api/2.0/mlflow/', '');
    const body = text === '' ? Object.fromEntries(url.searchParams) : JSON.parse(text);
    const { authorization } = request.headers;
    requests.push({ method: request.method!, path, body, ...(authorization && { authorization }) });
    const [status, answer] =
      path === failAt ? [500, { error_code: 'INTERNAL_ERROR' }] : answerTo(path, body, experiment);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function answerTo(path: string, body: any, experiment: string | undefined): [number, object] {
  const refused: [number, object] = [400, { error_code: 'INVALID_PARAMETER_VALUE', message: path }];
  switch (path) {
    case 'experiments/get-by-name':
      if (body.experiment_name !== experiment) return [404, { error_code: 'RESOURCE_DOES_NOT_EXIST' }];
      return [200, { experiment: { experiment_id: '7' } }];
    case 'experiments/create':
      return typeof body.name === 'string' ? [200, { experiment_id: '8' }] : refused;
    case 'runs/create':
      if (typeof body.run_name !== 'string' || !Number.isInteger(body.start_time)) return refused;
      return [200, { run: { info: { run_id: 'abc' } } }];
    case 'runs/log-batch':
      return body.run_id === 'abc' && isBatch(body) ? [200, {}] : refused;
    case 'runs/update':
      if (!['FINISHED', 'FAILED', 'KILLED'].includes(body.status) || !Number.isInteger(body.end_time))
        return refused;
      return [200, {}];
    default:
      return [404, { error_code: 'ENDPOINT_NOT_FOUND' }];
  }
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function isBatch({ metrics = [], params = [] }: any): boolean {
  const isKey = (key: unknown) => typeof key === 'string' && /^[\w\-. /]{1,250}$/.test(key);
  return (
    metrics.length <= 1000 &&
    params.length <= 100 &&
    metrics.every(
      (metric: Record<string, unknown>) =>
        isKey(metric.key) &&
        typeof metric.value === 'number' &&
        Number.isInteger(metric.timestamp) &&
        Number.isInteger(metric.step),
    ) &&
    params.every(
      ({ key, value }: Record<string, string>) =>
        isKey(key) && typeof value === 'string' && value.length <= 500,
    )
  );
}
