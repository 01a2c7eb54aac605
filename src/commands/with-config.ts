import type { Config } from '../config/schema.js';
import type { Notes } from '../terminal/notes.js';
import type { ComputeFlags, OutputFlags } from './compute-options.js';
import { interruptible } from './interruptible.js';
import type { ConfigJobFlags } from './training-job.js';

/** Flags of a command that trains by a config and leaves no run. */
export interface WithConfigFlags extends ConfigJobFlags, ComputeFlags, OutputFlags {
  readonly dataDir: string;
}

/** What such a command works with. */
export interface ConfigWork {
  readonly config: Config;
  readonly configName: string;
  readonly notes: Notes;
  readonly signal: AbortSignal;
}

/**
 * Reads the config that the flags name, fetches its data, starts the backend, and then works.
 *
 * @param options.stopping what the first Ctrl-C does, in words
 * @param options.neverBegan what is told where it comes before the work has begun
 */
export async function withConfig(
  flags: WithConfigFlags,
  { stopping, neverBegan }: { readonly stopping: string; readonly neverBegan: string },
  work: (given: ConfigWork) => Promise<void>,
): Promise<void> {
  const [{ createNotes }, { startBackend }, { configJob }, { withData }] = await Promise.all([
    import('../terminal/notes.js'),
    import('./start-backend.js'),
    import('./training-job.js'),
    import('./with-data.js'),
  ]);
  const notes = createNotes(flags);
  await interruptible(
    async (signal) => {
      const job = await configJob(flags, notes);
      const config = await withData(job.config, { dataDir: flags.dataDir, notes, flags, signal });
      const backend = await startBackend(flags, notes);
      notes.note(`backend ${backend.name}: ${backend.reason}`);
      await work({ config, configName: job.configName, notes, signal });
    },
    { onFirst: () => notes.note(stopping), onStopped: () => notes.note(neverBegan) },
  );
}
