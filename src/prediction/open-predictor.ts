import { getBackend } from '@tensorflow/tfjs-core';
import { partBackendOptions } from '../backends/backend-choice.js';
import { useBackend } from '../backends/use-backend.js';
import { findRun } from '../runs/find-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { Predictor } from './predictor.js';
import type { OpenPredictorOptions } from './predictor-options.js';

export type { OpenPredictorOptions } from './predictor-options.js';

/**
 * Opens a run for answering texts: settings, vocabulary, labels, model, thresholds, and what tells foreign texts. One
 * predictor serves a whole program; calls of `predict` may overlap.
 *
 * ```ts
 * const predictor = await openPredictor('models/mine');
 * const { label, probability } = await predictor.predict('What a film!');
 * ```
 *
 * @param run a run's folder, its name in `modelsDir`, or `gru-small`, the small model that comes with the package
 * @throws UserError when there is no such run, a file of it is missing or damaged, or the backend does not work
 */
export async function openPredictor(
  run: string | RunFolder,
  options: OpenPredictorOptions = {},
): Promise<Predictor> {
  const { modelsDir = 'models', backend, ...given } = options;
  const { backendOptions, others } = partBackendOptions(given);
  const found = typeof run === 'string' ? await findRun(modelsDir, run) : run;
  const { verbose: _verbose, ...asked } = backendOptions;
  const isAsked = [backend, ...Object.values(asked)].some((value) => value !== undefined);
  // TF.js' declarations promise a name, but there is none until a backend is chosen or first used.
  const isChosen = (getBackend() as string | undefined | null) != null;
  const choice = isAsked || !isChosen ? await useBackend(backend ?? 'auto', backendOptions) : undefined;
  return Predictor.open(found, { ...others, backend: choice });
}
