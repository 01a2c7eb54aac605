import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { packageFile } from '../files/package-root.js';
import { Interrupted } from '../terminal/interrupt.js';
import { endLiveLine } from '../terminal/live-line.js';
import { isClosedPipe, reportError } from '../terminal/report-error.js';
import { commandTable } from './command-table.js';
import { buildProgram } from './program.js';
import { withProgramName } from './program-name.js';

/**
 * Runs one command line and reports whatever goes wrong.
 *
 * @param commandLine the arguments after the program's name
 * @param options `exit` ends the program at once: when the reader of the output has gone, at the second Ctrl-C, and
 *   after an error that no command could catch
 * @returns the exit code: 0 done, 1 error, 2 wrong usage, or what the command set as `process.exitCode`
 */
export async function runProgram(
  commandLine: readonly string[],
  { exit }: { exit: (code: number) => void },
): Promise<number> {
  const version = programVersion();
  const verbs = commandTable.map(({ name }) => name);
  const failed = (error: unknown) => {
    endLiveLine();
    if (error instanceof Interrupted) return error.exitCode;
    reportError(error, { version, nameProgram: (text) => withProgramName(text, verbs) });
    return 1;
  };
  process.on('uncaughtException', (error) => exit(failed(error)));
  process.on('beforeExit', () =>
    exit(failed(new Error('The work stopped before its end: nothing is left to wait for.'))),
  );
  process.stdout.on('error', (error) => exit(isClosedPipe(error) ? 0 : failed(error)));
  process.stderr.on('error', () => {});
  let program: Command | undefined;
  try {
    program = await buildProgram(commandLine, { version });
    const helpFor = commandWithoutVerb(program, commandLine);
    if (helpFor) helpFor.outputHelp();
    else await program.parseAsync(commandLine, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return usageExitCode(error, nameOfCommand(program, commandLine));
    return failed(error);
  } finally {
    endLiveLine();
  }
}

/** `imdb-rnn` or `imdb-rnn config` alone: somebody who looks around, not an error. */
function commandWithoutVerb(program: Command, commandLine: readonly string[]): Command | undefined {
  if (commandLine.length === 0) return program;
  const command = program.commands.find((each) => each.name() === commandLine[0]);
  if (commandTable.find(({ name }) => name === command?.name())?.runsAlone) return undefined;
  return commandLine.length === 1 && command && command.commands.length > 0 ? command : undefined;
}

/** Help and version are no errors; of the rest commander has told what is wrong, and here follows the next step. */
function usageExitCode({ code, exitCode }: CommanderError, command: string): number {
  if (exitCode === 0) return 0;
  if (code !== 'commander.help') process.stderr.write(`hint: \`${command} --help\` shows the usage.\n`);
  return 2;
}

/** `imdb-rnn config print` of `config print gru2 --sett a=1`: the words of the command line that are commands. */
function nameOfCommand(program: Command | undefined, commandLine: readonly string[]): string {
  let [command, name] = [program, 'imdb-rnn'];
  for (const word of commandLine) {
    command = command?.commands.find((each) => each.name() === word);
    if (!command) break;
    name += ` ${word}`;
  }
  return name;
}

function programVersion(): string {
  return (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version;
}
