import { Argument, Command } from 'commander';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** As much of a row of the table of commands as is asked for. */
interface Row {
  readonly summary: string;
  load(): Promise<(program: Command) => void>;
}

/**
 * `imdb-rnn completion`: a script that lets a shell complete commands, options and values.
 *
 * @param table all commands
 */
export function registerCompletion(table: readonly Row[]): (program: Command) => void {
  return (program) => register(program, table);
}

function register(program: Command, table: readonly Row[]): void {
  program
    .command('completion')
    .description('print a script that lets your shell complete commands, options and values')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .action((shell: Shell) => print(shell, { program, table }))
    .addHelpText(
      'after',
      `
It completes commands, options, their values, names of runs and of configs, the keys of --set and their values, and files.
Print it again after an update of imdb-rnn.

Install it for bash (with the package bash-completion; else: source the file in ~/.bashrc):
  $ mkdir -p ~/.local/share/bash-completion/completions
  $ imdb-rnn completion bash > ~/.local/share/bash-completion/completions/imdb-rnn

for zsh (and put this into ~/.zshrc: fpath=(~/.zfunc $fpath); autoload -U compinit; compinit):
  $ mkdir -p ~/.zfunc
  $ imdb-rnn completion zsh > ~/.zfunc/_imdb-rnn

for fish:
  $ imdb-rnn completion fish > ~/.config/fish/completions/imdb-rnn.fish`,
    );
}

async function print(
  shell: Shell,
  { program, table }: { readonly program: Command; readonly table: readonly Row[] },
): Promise<void> {
  const [{ commandTree }, output] = await Promise.all([
    import('../completion/command-tree.js'),
    import('../terminal/print.js'),
  ]);
  const tree = commandTree(await wholeProgram(program, table));
  output.print((await scripts[shell]())(tree).trimEnd());
}

/** The program with every command loaded, each described as in the program's help. */
async function wholeProgram(program: Command, table: readonly Row[]): Promise<Command> {
  const whole = new Command(program.name());
  for (const option of program.options) whole.addOption(option);
  for (const { summary, load } of table) {
    (await load())(whole);
    whole.commands.at(-1)!.description(summary);
  }
  return whole;
}

const scripts = {
  bash: async () => (await import('../completion/bash-script.js')).bashScript,
  zsh: async () => (await import('../completion/zsh-script.js')).zshScript,
  fish: async () => (await import('../completion/fish-script.js')).fishScript,
};
