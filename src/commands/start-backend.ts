import type { BackendChoice } from '../backends/backend-choice.js';
import type { BackendName } from '../backends/backend-names.js';
import type { Notes } from '../terminal/notes.js';

/** Starts the backend that the flags name, and warns where they make it slow. */
export async function startBackend(
  { backend, threads, verbose }: { backend: BackendName; threads?: number; verbose?: boolean },
  notes: Notes,
): Promise<BackendChoice> {
  const [{ useBackend }, { tooManyThreads }] = await Promise.all([
    import('../backends/use-backend.js'),
    import('../backends/thread-count.js'),
  ]);
  const choice = await useBackend(backend, { threads, verbose });
  const warning = tooManyThreads(threads);
  if (warning) notes.warn(warning);
  return choice;
}
