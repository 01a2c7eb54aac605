import type { PredictFlags } from './predict-options.js';

/** Opens the run that the flags name on the backend that they name, and says so. */
export async function openPredictor(flags: PredictFlags) {
  const [{ createNotes }, { findRun }, prediction] = await Promise.all([
    import('../terminal/notes.js'),
    import('../runs/find-run.js'),
    import('../prediction/open-predictor.js'),
  ]);
  const notes = createNotes(flags);
  const run = await findRun(flags.modelsDir, flags.run, { onNote: (note) => notes.note(note) });
  const { backend, threads, verbose, batchSize, top, minProbability } = flags;
  const options = { backend, threads, verbose, batchSize, top, minProbability };
  const predictor = await prediction.openPredictor(run, options);
  const { name, reason } = predictor.backend!;
  notes.note(`run ${run.name}, backend ${name} (${reason})`);
  return { run, predictor, notes };
}
