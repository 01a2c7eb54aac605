import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { FoundRate } from '../jobs/find-learning-rate.js';
import type { Notes } from '../terminal/notes.js';
import { cacheSizeOption } from './cache-size-option.js';
import {
  backendOption,
  positiveInteger,
  positiveNumber,
  threadsOption,
  verboseOption,
} from './compute-options.js';
import { addDataOptions, flagsWithoutData } from './data-options.js';
import { pictureFile, writePicture } from './picture-file.js';
import { setOption } from './set-option.js';
import type { TrainingJobFlags } from './training-job.js';

interface FindLrFlags extends Omit<TrainingJobFlags, 'resume' | 'from' | 'modelsDir'> {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly plot?: string;
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly cacheSize?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn find-lr`: looks for a learning rate. */
export function registerFindLr(program: Command): void {
  const command = program
    .command('find-lr')
    .description('look for a learning rate: train a moment while it rises, and see what the loss does')
    .option('--config <file or name>', 'YAML file, or the name of a packaged config')
    .addOption(setOption());
  addDataOptions(command)
    .option('--from <rate>', 'rate of the first step', positiveNumber, 1e-6)
    .option('--to <rate>', 'rate of the last step', positiveNumber, 1)
    .option('--steps <n>', 'training steps', positiveInteger, 200)
    .option('--seed <n>', 'short for --set seed=<n>', positiveInteger)
    .addOption(new Option('--plot <file>', 'draw the curve: FILE.svg or FILE.png').argParser(pictureFile))
    .option('--data-dir <folder>', 'where the data is; it is downloaded when missing', 'data')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(cacheSizeOption())
    .addOption(verboseOption())
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
The rate rises by the same factor at every step, and the test ends when the loss runs away (Smith 2017). The rate that is
proposed lies in the middle of the longest descent of the loss. No run is written, and the model is thrown away.

Examples:
  $ imdb-rnn find-lr --config gru2.yaml
  $ imdb-rnn find-lr --config bigru --data reviews.csv --plot rates.svg
  $ imdb-rnn find-lr --config gru2 --set training.batchSize=128 --to 10 --json`,
    )
    .action((flags: FindLrFlags, command: Command) => {
      if (flags.config === undefined) command.error('error: give --config: a rate fits one model');
      const [idle] = flagsWithoutData(flags);
      if (idle !== undefined) command.error(`error: ${idle} goes with --data`);
      return findLr(flags);
    });
}

async function findLr(flags: FindLrFlags): Promise<void> {
  const [{ createNotes }, { watchInterrupt }, { startBackend }, { trainingJob }, { withData }] =
    await Promise.all([
      import('../terminal/notes.js'),
      import('../terminal/interrupt.js'),
      import('./start-backend.js'),
      import('./training-job.js'),
      import('./with-data.js'),
    ]);
  const notes = createNotes(flags);
  const interrupt = watchInterrupt(() => notes.note('stopping after this step'));
  const { signal } = interrupt;
  try {
    const job = await trainingJob({ ...flags, from: undefined, modelsDir: 'models' }, notes);
    const config = await withData(job.config, { dataDir: flags.dataDir, notes, flags, signal });
    const backend = await startBackend(flags, notes);
    notes.note(`backend ${backend.name}: ${backend.reason}`);
    const found = await follow(config, { ...flags, signal });
    await report(found, { ...flags, notes, configName: job.configName });
  } catch (error) {
    if (error !== signal.reason) throw error;
    notes.note('stopped before the training began');
  } finally {
    interrupt.release();
  }
  if (interrupt.exitCode !== undefined) process.exitCode = interrupt.exitCode;
}

/** Tests the rates, and shows how far that is. */
async function follow(
  config: Parameters<typeof import('../jobs/find-learning-rate.js').findLearningRate>[0],
  options: FindLrFlags & { readonly signal: AbortSignal },
): Promise<FoundRate> {
  const [{ findLearningRate }, { Progress }] = await Promise.all([
    import('../jobs/find-learning-rate.js'),
    import('../terminal/progress.js'),
  ]);
  const progress = new Progress('rates', { total: options.steps, unit: 'steps', quiet: options.quiet });
  try {
    const steps = findLearningRate(config, options);
    let next = await steps.next();
    for (; !next.done; next = await steps.next()) {
      const { step, learningRate, smoothedLoss } = next.value;
      progress.update(step, `rate ${learningRate.toExponential(1)}  loss ${smoothedLoss.toFixed(4)}`);
    }
    return next.value;
  } finally {
    progress.stop();
  }
}

async function report(
  found: FoundRate,
  { json, plot, notes, configName }: FindLrFlags & { notes: Notes; configName: string },
): Promise<void> {
  const { print, printJson } = await import('../terminal/print.js');
  if (json) printJson({ config: configName, proposed: null, ...found, plot });
  else print((await import('./format-found-rate.js')).formatFoundRate(found, { configName }));
  if (plot === undefined || found.points.length === 0) return;
  const { ratePlot } = await import('../reporting/rate-plot.js');
  await writePicture(
    plot,
    ratePlot(found, { subtitle: `${configName}, ${found.points.length} steps` }),
    notes,
  );
}
