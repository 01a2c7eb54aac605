/** Where a tracking server is, and who asks. */
export interface MlflowServer {
  /** Such as `http://localhost:5000`. */
  readonly url: string;
  /** MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface MlflowMetric {
  readonly key: string;
  readonly value: number;
  /** ms since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

/** How a run ended, in MLflow's words. */
export type MlflowStatus = 'FINISHED' | 'FAILED' | 'KILLED';

/** One run of an MLflow tracking server. */
export interface MlflowRun {
  readonly id: string;
  logMetrics(metrics: readonly MlflowMetric[]): Promise<void>;
  end(status: MlflowStatus): Promise<void>;
}

/** As many as one request may hold (mlflow.org/docs/latest/rest-api.html, "Log Batch"). */
const paramsPerRequest = 100;
/** As long as every version since 2.0 takes. */
const longestParam = 500;
const patienceMs = 10_000;

/**
 * Begins a run on an MLflow server, in the experiment of this name, which is made when it is not there.
 *
 * @param options `params`: settings, by keys with dots
 * @throws Error when the server cannot be reached, or refuses
 */
export async function startMlflowRun(
  server: MlflowServer,
  {
    experiment,
    name,
    params,
  }: { readonly experiment: string; readonly name: string; readonly params: readonly [string, string][] },
): Promise<MlflowRun> {
  const post = (path: string, body: object) => request(server, path, body);
  const experiment_id = await experimentId(server, experiment);
  const created = await post('runs/create', { experiment_id, run_name: name, start_time: Date.now() });
  const run_id = (created as { run: { info: { run_id: string } } }).run.info.run_id;
  const written = params.map(([key, value]) => ({ key: keyOf(key), value: value.slice(0, longestParam) }));
  for (let start = 0; start < written.length; start += paramsPerRequest) {
    await post('runs/log-batch', { run_id, params: written.slice(start, start + paramsPerRequest) });
  }
  return {
    id: run_id,
    async logMetrics(metrics) {
      // JSON has no infinities.
      const finite = metrics.filter(({ value }) => Number.isFinite(value));
      await post('runs/log-batch', { run_id, metrics: finite });
    },
    async end(status) {
      await post('runs/update', { run_id, status, end_time: Date.now() });
    },
  };
}

async function experimentId(server: MlflowServer, name: string): Promise<string> {
  const query = `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
  const found = await request(server, query).catch((error: Error & { status?: number }) => {
    if (error.status !== 404) throw error;
    return undefined;
  });
  if (found) return (found as { experiment: { experiment_id: string } }).experiment.experiment_id;
  const made = await request(server, 'experiments/create', { name });
  return (made as { experiment_id: string }).experiment_id;
}

/** MLflow's keys have no brackets: `model.layers[0].units` is `model.layers.0.units`. */
const keyOf = (key: string) => key.replace(/\[(\d+)\]/g, '.$1');

async function request({ url, environment }: MlflowServer, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/api/2.0/mlflow/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...authorization(environment ?? process.env) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (response.ok) return response.json();
  const said = (await response.text()).slice(0, 200);
  throw Object.assign(new Error(`${url} answers ${response.status}: ${said}`), { status: response.status });
}

function authorization(environment: NodeJS.ProcessEnv): Record<string, string> {
  const { MLFLOW_TRACKING_TOKEN: token, MLFLOW_TRACKING_USERNAME: user = '' } = environment;
  if (token) return { authorization: `Bearer ${token}` };
  if (!user) return {};
  const pair = `${user}:${environment.MLFLOW_TRACKING_PASSWORD ?? ''}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
