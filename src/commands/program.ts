import { Command } from 'commander';
import { commandTable } from './command-table.js';

const examples = `
Examples:
  $ imdb-rnn train --config gru2                train the lecture's model; fetches the reviews if need be
  $ imdb-rnn train --data reviews.csv           train on a file of your own
  $ imdb-rnn eval                               measure the newest run on the test examples
  $ imdb-rnn predict "What a wonderful film"    classify a text
  $ imdb-rnn config list                        see what else can be trained

Results go to standard output, progress and notes to standard error (--quiet silences them).
Exit codes: 0 done, 1 error, 2 wrong usage, 130 interrupted (Ctrl-C; other signals: 128 and their number).`;

/**
 * The commander program for one command line. Only the command that it names is loaded; the others are known by their
 * name and summary alone.
 *
 * @param commandLine the arguments after the program's name
 * @param options `version` of the program
 */
export async function buildProgram(
  commandLine: readonly string[],
  { version }: { version: string },
): Promise<Command> {
  const program = new Command('imdb-rnn')
    .description('Train, evaluate and use recurrent text classifiers.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .addHelpText('after', examples);
  const wanted = wantedCommand(commandLine);
  for (const { name, summary, load } of commandTable) {
    if (name === wanted) (await load())(program);
    else program.command(name).description(summary);
  }
  return program;
}

/** `train` of `train --quiet` and of `help train`; undefined when the command line names no command. */
export function wantedCommand(commandLine: readonly string[]): string | undefined {
  const words = commandLine.filter((word) => !word.startsWith('-'));
  const name = words[0] === 'help' ? words[1] : words[0];
  return commandTable.some((row) => row.name === name) ? name : undefined;
}
