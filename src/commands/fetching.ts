import type { FetchEvent, FetchListeners } from '../datasets/fetch/fetch-event.js';

/**
 * Runs a fetch of data with a bar and notes on stderr. Ctrl-C ends it with its exit code; what was received is kept.
 *
 * @returns what `work` gives and the seconds it took; undefined after Ctrl-C
 */
export async function fetching<T>(
  { quiet }: { quiet: boolean },
  work: (listeners: Required<FetchListeners> & { signal: AbortSignal }) => Promise<T>,
): Promise<{ result: T; seconds: number } | undefined> {
  const [{ createNotes }, { watchInterrupt }, { FetchProgress }] = await Promise.all([
    import('../terminal/notes.js'),
    import('../terminal/interrupt.js'),
    import('./fetch-progress.js'),
  ]);
  const notes = createNotes({ quiet });
  const progress = new FetchProgress({ quiet });
  const interrupt = watchInterrupt();
  let stage: FetchEvent['kind'] | undefined;
  const started = performance.now();
  try {
    const result = await work({
      signal: interrupt.signal,
      onProgress: (event) => {
        stage = event.kind;
        progress.show(event);
      },
      onNote: (note) => notes.note(note),
    });
    return { result, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = interrupt.exitCode;
    const kept = stage === 'download' ? ' What was received is kept.' : '';
    // Not a note: it belongs to the exit code, as an error's message does.
    process.stderr.write(`Stopped.${kept} Run the same command again to go on.\n`);
    return undefined;
  } finally {
    progress.stop();
    interrupt.release();
  }
}
