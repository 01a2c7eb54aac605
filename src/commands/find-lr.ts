import { type Command, Option } from 'commander';
import type { Config } from '../config/schema.js';
import type { FoundRate } from '../jobs/find-learning-rate.js';
import type { Notes } from '../terminal/notes.js';
import { addComputeOptions, addOutputOptions, positiveInteger, positiveNumber } from './compute-options.js';
import { addDataOptions, flagsWithoutData } from './data-options.js';
import { pictureFile, writePicture } from './picture-file.js';
import { setOption } from './set-option.js';
import { type WithConfigFlags, withConfig } from './with-config.js';

interface FindLrFlags extends WithConfigFlags {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly plot?: string;
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
    .option('--data-dir <folder>', 'where the data is; it is downloaded when missing', 'data');
  addComputeOptions(command);
  addOutputOptions(command)
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

function findLr(flags: FindLrFlags): Promise<void> {
  const words = { stopping: 'stopping after this step', neverBegan: 'stopped before the training began' };
  return withConfig(flags, words, async ({ config, configName, notes, signal }) => {
    const found = await follow(config, { ...flags, signal });
    await report(found, { ...flags, notes, configName });
  });
}

/** Tests the rates, and shows how far that is. */
async function follow(
  config: Config,
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
