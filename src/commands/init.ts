import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { RowProblem } from '../rows/row.js';
import { backendOption, threadsOption } from './compute-options.js';
import { programName } from './program-name.js';

interface InitFlags {
  readonly output?: string;
  readonly force: boolean;
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly backend: BackendName;
  readonly threads?: number;
  readonly quiet: boolean;
}

/** `imdb-rnn init`: looks at data and writes a config for it. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('look at your data and write a config for it, with the reasons as comments')
    .argument('<data...>', 'files, patterns or folders: CSV, TSV, JSONL, JSON, Parquet, text')
    .option('-o, --output <file>', 'where the config goes; - prints it (default: <name of the data>.yaml)')
    .option('--force', 'write over a file that is there', false)
    .option('--text-column <name>', 'the column of the texts (default: guessed)')
    .option('--label-column <name>', 'the column of the labels (default: guessed)')
    .addOption(backendOption())
    .addOption(threadsOption())
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
How long a training takes is measured: some of the examples are learnt for a moment, and forgotten.

Examples:
  $ imdb-rnn init reviews.csv
  $ imdb-rnn init 'data/*.jsonl' --text-column body --label-column stars -o my.yaml
  $ imdb-rnn init reviews.csv -o - > my.yaml
  $ imdb-rnn train --config reviews.yaml`,
    )
    .action(init);
}

async function init(data: readonly string[], flags: InitFlags): Promise<void> {
  const [{ createNotes }, { openData, settingsForFiles }, { draftConfig }, { writeAtomically }, output] =
    await Promise.all([
      import('../terminal/notes.js'),
      import('../inspection/open-data.js'),
      import('../jobs/draft-config.js'),
      import('../files/write-atomically.js'),
      import('../terminal/print.js'),
    ]);
  const notes = createNotes(flags);
  const path = flags.output ?? `${nameOf(data[0])}.yaml`;
  if (path !== '-') await checkFree(path, flags);
  const { textColumn: text, labelColumn: label } = flags;
  const columns = { ...(text !== undefined && { text }), ...(label !== undefined && { label }) };
  const opened = await openData(settingsForFiles(data, columns), {
    dataDir: 'data',
    // Each pass meets the same problems; how many there are, inspect tells.
    onProblem: tellFirst((problem) => notes.warn(problem)),
  });
  for (const note of opened.notes) notes.note(note);
  const draft = await draftConfig(opened, {
    name: path === '-' ? nameOf(data[0]) : nameOf(path),
    useBackend: async () => {
      const { startBackend } = await import('./start-backend.js');
      await startBackend(flags, notes);
    },
  });
  for (const warning of draft.proposal.warnings) notes.warn(warning);
  const { formatDraft } = await import('./format-draft.js');
  if (path === '-') {
    notes.note(formatDraft(draft));
    return output.print(draft.yaml.trimEnd());
  }
  await checkFree(path, flags);
  const { explainingFileErrors } = await import('../errors/system-error.js');
  await explainingFileErrors(`write ${path}`, () => writeAtomically(path, draft.yaml));
  output.print(`${formatDraft(draft)}\n\nwrote ${path}; next: ${programName()} train --config ${path}`);
}

/** @throws UserError where there is a file that must not be written over */
async function checkFree(path: string, { force }: InitFlags): Promise<void> {
  if (force || !existsSync(path)) return;
  const { UserError } = await import('../errors/user-error.js');
  throw new UserError(
    `${path} is there already.`,
    'Write over it with --force, or name another file with -o.',
  );
}

function tellFirst(tell: (text: string) => void): (problem: RowProblem) => void {
  let told = false;
  return ({ file, line, message }) => {
    if (!told) tell(`${file}:${line} ${message} (the first problem; \`imdb-rnn inspect\` counts them)`);
    told = true;
  };
}

/** `reviews` of `data/reviews.csv.gz`. */
function nameOf(path: string): string {
  const name = basename(path).replace(/(?<=.)\..*$/, '');
  return /^[^*?[\]{}]+$/.test(name) ? name : 'data';
}
