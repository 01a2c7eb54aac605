import type { PredictFlags } from './predict-options.js';

/** Opens the run that the flags name on the backend that they name, and says so. */
export async function openPredictor(flags: PredictFlags) {
  const [{ createNotes }, { findRunByFlags }, { startBackend }, prediction] = await Promise.all([
    import('../terminal/notes.js'),
    import('./find-run-by-flags.js'),
    import('./start-backend.js'),
    import('../prediction/open-predictor.js'),
  ]);
  const notes = createNotes(flags);
  const run = await findRunByFlags(flags, notes);
  const backend = await startBackend(flags, notes);
  const { batchSize, top, minProbability } = flags;
  const predictor = await prediction.openPredictor(run, { batchSize, top, minProbability });
  notes.note(`run ${run.name}, backend ${backend.name} (${backend.reason})`);
  return { run, predictor, notes };
}
