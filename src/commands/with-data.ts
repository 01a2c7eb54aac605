import type { Config } from '../config/schema.js';
import type { Notes } from '../terminal/notes.js';

interface WithDataFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  /** A run to go on with: nothing stands in for its data. */
  readonly resume?: string | true;
}

/** Fetches the data if it is missing; where it cannot be had, what stands in for it takes its place, loudly. */
export async function withData(
  config: Config,
  options: { dataDir: string; notes: Notes; flags: WithDataFlags; signal: AbortSignal },
): Promise<Config> {
  const { dataDir, notes, flags, signal } = options;
  const [{ ensureDataset }, { datasetOf }, { resolveDataset }, { DownloadError }, { FetchProgress }] =
    await Promise.all([
      import('../datasets/ensure-dataset.js'),
      import('../datasets/dataset-table.js'),
      import('../datasets/resolve-dataset.js'),
      import('../datasets/fetch/download-error.js'),
      import('./fetch-progress.js'),
    ]);
  const progress = new FetchProgress(flags);
  const onNote = (note: string) => notes.note(note);
  try {
    const dataset = await resolveDataset(config.dataset, { dataDir, onNote });
    await ensureDataset({
      ...{ dataset, dataDir, signal, onNote },
      splits: ['train', 'test', ...(learnsUnlabelled(config) ? (['unsupervised'] as const) : [])],
      onProgress: (event) => progress.show(event),
    });
    return { ...config, dataset };
  } catch (error) {
    const { fallback } = datasetOf(config.dataset);
    if (!(error instanceof DownloadError) || !fallback || flags.resume) throw error;
    for (const warning of fallback.warnings({ dataDir, reason: error.message })) notes.warn(warning);
    return { ...config, dataset: fallback.dataset };
  } finally {
    progress.stop();
  }
}

/** Whether texts without labels are learnt, too. */
function learnsUnlabelled({ model, training }: Config): boolean {
  return training.teacher !== 'none' || (model.type === 'ensemble' && model.rounds > 1);
}
