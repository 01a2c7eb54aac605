import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../formats/parse-duration.js';
import { overviewOrders } from '../reporting/overview-orders.js';
import { wholeNumber } from './compute-options.js';
import { runExamples } from './run-examples.js';
import { runsFolderOption } from './runs-folder-option.js';

/** `imdb-rnn runs list|show|remove|rename|prune`: what was trained, and putting it in order. */
export function registerRuns(program: Command): void {
  const runs = program.command('runs').description('list, show, rename and remove trained runs');
  const verb = (usage: string, description: string) =>
    runs
      .command(usage)
      .description(description)
      .addOption(runsFolderOption())
      .option('--json', 'print JSON', false);
  verb('list', 'list the runs with their figures, the newest first')
    .addOption(
      new Option('--sort <by>', 'what comes first: the newest, largest or best, or by name')
        .choices(overviewOrders)
        .default('age'),
    )
    .action(async (flags) => (await import('./runs-list.js')).listCommand(flags))
    .addHelpText('after', runExamples.list);
  verb('show', 'show a run: figures, settings that are its own, files, next commands')
    .argument('<run>', 'name or path of the run')
    .action(async (name, flags) => (await import('./runs-show.js')).showCommand(name, flags))
    .addHelpText('after', runExamples.show);
  verb('remove', 'remove runs with all that they hold')
    .argument('<run...>', 'names or paths of runs')
    .option('--yes', 'do not ask', false)
    .option('--quiet', 'print nothing but the result', false)
    .action(async (names, flags) => (await import('./runs-remove.js')).removeCommand(names, flags))
    .addHelpText('after', runExamples.remove);
  verb('rename', 'give a run another name')
    .argument('<run>', 'name or path of the run')
    .argument('<name>', 'its new name')
    .option('--quiet', 'print nothing but the result', false)
    .action(async (run, name, flags) => (await import('./runs-rename.js')).renameCommand(run, name, flags))
    .addHelpText('after', runExamples.rename);
  verb('prune', 'remove old or unfinished runs by a rule')
    .option('--keep <n>', 'the newest n runs stay', wholeNumber)
    .option('--older-than <time>', 'only runs that are so old: 30d, 12h', duration)
    .option('--unfinished', 'only runs whose training was interrupted or killed', false)
    .option('--dry-run', 'only show which would go', false)
    .option('--yes', 'do not ask', false)
    .option('--quiet', 'print nothing but the result', false)
    .action((flags, command: Command) => {
      if (flags.keep === undefined && flags.olderThan === undefined && !flags.unfinished) {
        command.error('error: give a rule: --keep, --older-than or --unfinished');
      }
      return prune(flags);
    })
    .addHelpText('after', runExamples.prune);
  runs.addHelpText('after', runExamples.all);
}

async function prune(flags: Parameters<typeof import('./runs-remove.js')['pruneCommand']>[0]): Promise<void> {
  await (await import('./runs-remove.js')).pruneCommand(flags);
}

function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('Expected a time such as 30d, 12h or 45min.');
  return seconds;
}
