import type { PredictFlags } from './predict-options.js';

/** Opens the run that the flags name on the backend that they name, and says so. */
export async function openPredictor(flags: PredictFlags) {
  const [{ createNotes }, { findRunByFlags }, { useBackend }, { Predictor }] = await Promise.all([
    import('../terminal/notes.js'),
    import('./find-run-by-flags.js'),
    import('../backends/use-backend.js'),
    import('../prediction/predictor.js'),
  ]);
  const notes = createNotes(flags);
  const run = await findRunByFlags(flags, notes);
  const backend = await useBackend(flags.backend, { threads: flags.threads, verbose: flags.verbose });
  const predictor = await Predictor.open(run, { batchSize: flags.batchSize });
  notes.note(`run ${run.name}, backend ${backend.name} (${backend.reason})`);
  return { run, backend, predictor, notes };
}
