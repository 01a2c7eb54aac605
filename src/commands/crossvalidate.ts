import type { Command } from 'commander';
import type { Config } from '../config/schema.js';
import type { CrossValidation } from '../jobs/cross-validate.js';
import type { Notes } from '../terminal/notes.js';
import { addComputeOptions, addOutputOptions, positiveInteger } from './compute-options.js';
import { addDataOptions, flagsWithoutData } from './data-options.js';
import { setOption } from './set-option.js';
import { type WithConfigFlags, withConfig } from './with-config.js';

interface CrossValidateFlags extends WithConfigFlags {
  readonly folds: number;
  readonly output?: string;
}

/** `imdb-rnn crossvalidate`: how good the models of a config are, over folds of the training examples. */
export function registerCrossvalidate(program: Command): void {
  const command = program
    .command('crossvalidate')
    .description('measure a config: train it on all folds but one, for each of several folds')
    .option('--config <file or name>', 'YAML file, or the name of a packaged config')
    .addOption(setOption());
  addDataOptions(command)
    .option('--folds <k>', 'parts that the training examples are dealt into', positiveInteger, 5)
    .option('--seed <n>', 'deals the folds, and all else; short for --set seed=<n>', positiveInteger)
    .option('--output <file>', 'write the result into this file, as JSON')
    .option('--data-dir <folder>', 'where the data is; it is downloaded when missing', 'data');
  addComputeOptions(command);
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
Each model learns from all folds but one and is measured on that one; folds have each label in the same share. A fold is unknown
to its model: words, too, are counted without it. The interval of the mean is Student's, as if the folds were independent; they
share training examples, so the truth is a little less certain. The test examples are not touched, and no run is written.

Ctrl-C ends after the current step, and tells of the folds that are done.

Examples:
  $ imdb-rnn crossvalidate --config gru2.yaml
  $ imdb-rnn crossvalidate --data reviews.csv --folds 10
  $ imdb-rnn crossvalidate --config bigru --data reviews.csv --set training.epochs=3 --output folds.json
  $ imdb-rnn crossvalidate --config nb-ngrams --seed 7 --json | jq .figures.accuracy.mean`,
    )
    .action((flags: CrossValidateFlags, command: Command) => {
      if (flags.config === undefined && flags.data === undefined) {
        command.error('error: give --config or --data');
      }
      const [idle] = flagsWithoutData(flags);
      if (idle !== undefined) command.error(`error: ${idle} goes with --data`);
      return crossvalidate(flags);
    });
}

function crossvalidate(flags: CrossValidateFlags): Promise<void> {
  const stopping =
    'stopping after this step, with the folds that are done; press Ctrl-C again to stop at once';
  const words = { stopping, neverBegan: 'stopped before the first training began' };
  return withConfig(flags, words, async ({ config, configName, notes, signal }) => {
    const found = await follow(config, { ...flags, notes, signal });
    await report(found, { ...flags, configName, notes });
  });
}

/** Trains and measures the folds, and shows how far that is. */
async function follow(
  config: Config,
  options: CrossValidateFlags & { readonly notes: Notes; readonly signal: AbortSignal },
): Promise<CrossValidation> {
  const { folds, notes, quiet } = options;
  const [{ crossValidate }, { Progress }, { countOf }, { describeFold }] = await Promise.all([
    import('../jobs/cross-validate.js'),
    import('../terminal/progress.js'),
    import('../formats/numbers.js'),
    import('./format-cross-validation.js'),
  ]);
  let progress: InstanceType<typeof Progress> | undefined;
  let done = 0;
  try {
    const events = crossValidate(config, options);
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      const event = next.value;
      if (event.type === 'started') {
        notes.note(
          `${countOf(event.examples, 'example')} in ${countOf(folds, 'fold')}, each with every label in its share`,
        );
      } else if (event.type === 'progress') {
        progress ??= new Progress('folds', { total: event.total, start: done, unit: 'examples', quiet });
        progress.setTotal(event.total);
        done = event.done;
        progress.update(event.done, `fold ${event.fold}/${folds}  epoch ${event.epoch}`);
      } else {
        progress?.stop(describeFold(event.result, folds));
        progress = undefined;
      }
    }
    return next.value;
  } finally {
    progress?.stop();
  }
}

async function report(
  found: CrossValidation,
  { json, output, configName, notes }: CrossValidateFlags & { configName: string; notes: Notes },
): Promise<void> {
  const [{ crossValidationRecord, formatCrossValidation }, { print, printJson }] = await Promise.all([
    import('./format-cross-validation.js'),
    import('../terminal/print.js'),
  ]);
  const record = { config: configName, ...crossValidationRecord(found) };
  if (output !== undefined) {
    const { writeAtomically } = await import('../files/write-atomically.js');
    await writeAtomically(output, `${JSON.stringify(record, undefined, 2)}\n`);
    notes.note(`result: ${output}`);
  }
  if (json) printJson(record);
  else print(formatCrossValidation(found));
}
