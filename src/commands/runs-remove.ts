import { resolve } from 'node:path';
import { UserError } from '../errors/user-error.js';
import type { RunOverview } from '../reporting/run-overview.js';
import type { PruneRules } from '../runs/runs-to-prune.js';

interface RemoveFlags {
  readonly modelsDir: string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

type PruneFlags = RemoveFlags & PruneRules & { readonly dryRun: boolean };

/** `imdb-rnn runs remove`: nothing goes before every name is found and may go. */
export async function removeCommand(names: readonly string[], flags: RemoveFlags): Promise<void> {
  const [{ findRunFolder }, { refuseChange }, { overviewOf }] = await Promise.all([
    import('../runs/find-run.js'),
    import('../runs/refuse-change.js'),
    import('../reporting/run-overview.js'),
  ]);
  const found = await Promise.all(names.map((name) => findRunFolder(flags.modelsDir, name)));
  const paths = found.map((run) => resolve(run.path));
  const runs = found.filter((_, index) => paths.indexOf(paths[index]) === index);
  for (const run of runs) await refuseChange(run, 'removed');
  await removeShown(await Promise.all(runs.map(overviewOf)), flags);
}

/** `imdb-rnn runs prune` */
export async function pruneCommand({ dryRun, ...flags }: PruneFlags): Promise<void> {
  const [{ listOverviews }, { runsToPrune }, output] = await Promise.all([
    import('../reporting/run-overview.js'),
    import('../runs/runs-to-prune.js'),
    import('../terminal/print.js'),
  ]);
  const all = await listOverviews(flags.modelsDir);
  const going = runsToPrune(all, flags);
  if (going.length > 0 && !dryRun) return removeShown(going, flags);
  if (flags.json) return output.printJson(resultOf(dryRun ? going : [], { dryRun }));
  if (going.length === 0) return output.print(`No run of ${flags.modelsDir} goes by that rule.`);
  output.print(`These would go:\n${(await import('./format-runs.js')).formatRuns(going)}`);
}

async function removeShown(overviews: readonly RunOverview[], flags: RemoveFlags): Promise<void> {
  const [{ canAsk, confirm }, { createNotes }, { removeRun }, { countOf }, { formatBytes }, output] =
    await Promise.all([
      import('../terminal/confirm.js'),
      import('../terminal/notes.js'),
      import('../runs/remove-run.js'),
      import('../formats/numbers.js'),
      import('../formats/bytes.js'),
      import('../terminal/print.js'),
    ]);
  const what = countOf(overviews.length, 'run');
  if (!flags.yes) {
    if (!canAsk()) {
      const names = overviews.map(({ run }) => run.name).join(', ');
      throw new UserError(
        `Removing ${what} (${names}) needs a yes, and there is no terminal to ask on.`,
        'Add --yes.',
      );
    }
    createNotes().note((await import('./format-runs.js')).formatRuns(overviews));
    if (!(await confirm(`Remove ${what} for good?`))) {
      if (flags.json) return output.printJson(resultOf([], { dryRun: false }));
      return output.print('Nothing was removed.');
    }
  }
  const gone: RunOverview[] = [];
  try {
    for (const overview of overviews) {
      await removeRun(overview.run);
      gone.push(overview);
    }
  } finally {
    const bytes = gone.reduce((sum, each) => sum + each.bytes, 0);
    if (flags.json) output.printJson(resultOf(gone, { dryRun: false }));
    else for (const { run } of gone) createNotes(flags).note(`removed ${run.path}`);
    if (!flags.json) output.print(`Removed ${countOf(gone.length, 'run')}, ${formatBytes(bytes)}.`);
  }
}

function resultOf(overviews: readonly RunOverview[], { dryRun }: { readonly dryRun: boolean }) {
  const bytes = overviews.reduce((sum, each) => sum + each.bytes, 0);
  return { [dryRun ? 'wouldRemove' : 'removed']: overviews.map(({ run }) => run.path), bytes };
}
