import type { OverviewOrder } from '../reporting/overview-orders.js';

/** `imdb-rnn runs list` */
export async function listCommand({
  modelsDir,
  sort,
  json,
}: {
  readonly modelsDir: string;
  readonly sort: OverviewOrder;
  readonly json: boolean;
}): Promise<void> {
  const [{ listOverviews }, { sortOverviews }, output] = await Promise.all([
    import('../reporting/run-overview.js'),
    import('../reporting/sort-overviews.js'),
    import('../terminal/print.js'),
  ]);
  const overviews = sortOverviews(await listOverviews(modelsDir), sort);
  if (json) {
    const { overviewRecord } = await import('../reporting/overview-record.js');
    return output.printJson(overviews.map(overviewRecord), { indent: 2 });
  }
  if (overviews.length === 0) {
    return output.print(
      `There are no runs in ${modelsDir}. To train one: imdb-rnn train --config gru2\nA small model ships with the program: imdb-rnn runs show gru-small`,
    );
  }
  output.print((await import('./format-runs.js')).formatRuns(overviews));
}
