import type { RunOverview } from '../reporting/run-overview.js';
import { runLine } from './run-line.js';

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
  const line = (...words: string[]) => runLine(words, { modelsDir });
  const has = (file: string) => files.some((each) => each.name === file);
  if (status === 'running') return [line('runs', 'show', name)];
  const canGoOn = status !== 'finished' && has('checkpoint/checkpoint.json');
  return [
    ...(canGoOn ? [line('train', '--resume', name)] : []),
    ...(has('model.json') && !test ? [line('eval', '--run', name)] : []),
    ...(has('model.json') ? [`${line('predict', '--run', name)} "text"`] : []),
    ...(test ? [line('compare', '--against', name)] : []),
    ...(has('model.json') || canGoOn ? [] : [line('runs', 'remove', name)]),
  ];
}
