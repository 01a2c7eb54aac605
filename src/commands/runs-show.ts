import type { RunOverview } from '../reporting/run-overview.js';

interface ShowFlags {
  readonly modelsDir: string;
  readonly json: boolean;
}

/** `imdb-rnn runs show` */
export async function showCommand(name: string, flags: ShowFlags): Promise<void> {
  const [{ findRunFolder }, { overviewOf }, { nearestConfig }, { listRunFiles }, output] = await Promise.all([
    import('../runs/find-run.js'),
    import('../reporting/run-overview.js'),
    import('../reporting/nearest-config.js'),
    import('../runs/list-run-files.js'),
    import('../terminal/print.js'),
  ]);
  const run = await findRunFolder(flags.modelsDir, name);
  const overview = await overviewOf(run);
  // Of a run whose settings cannot be read the overview says why.
  const config = await run.readConfig().catch(() => undefined);
  // An ensemble was made of no config.
  const nearest =
    config && config.model.type !== 'ensemble' ? await nearestConfig(config, run.name) : undefined;
  const files = await listRunFiles(run.path);
  const commands = nextCommands(overview, { name, modelsDir: flags.modelsDir, files });
  if (flags.json) {
    const { overviewRecord } = await import('../reporting/overview-record.js');
    const settings = nearest ? { nearestConfig: nearest.name, differences: nearest.differences } : null;
    output.printJson({ ...overviewRecord(overview), settings, files, next: commands }, { indent: 2 });
  } else {
    const { formatRun } = await import('./format-run.js');
    output.print(formatRun({ overview, nearest, files, commands }));
  }
}

function nextCommands(
  { status, test }: RunOverview,
  {
    name,
    modelsDir,
    files,
  }: {
    readonly name: string;
    readonly modelsDir: string;
    readonly files: readonly { readonly name: string }[];
  },
): string[] {
  const where = modelsDir === 'models' ? '' : ` --models-dir ${modelsDir}`;
  const has = (file: string) => files.some((each) => each.name === file);
  if (status === 'running') return [`imdb-rnn runs show ${name}${where}`];
  const canGoOn = status !== 'finished' && has('checkpoint/checkpoint.json');
  return [
    ...(canGoOn ? [`imdb-rnn train --resume ${name}${where}`] : []),
    ...(has('model.json') && !test ? [`imdb-rnn eval --run ${name}${where}`] : []),
    ...(has('model.json') ? [`imdb-rnn predict --run ${name}${where} "text"`] : []),
    ...(test ? [`imdb-rnn compare --against ${name}${where}`] : []),
    ...(has('model.json') || canGoOn ? [] : [`imdb-rnn runs remove ${name}${where}`]),
  ];
}
