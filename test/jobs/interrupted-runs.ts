import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../src/config/schema.js';
import type { TrainRunEvent } from '../../src/jobs/train-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { config, modelsDir, trainAndInterrupt } from './trainings.js';

let copies = 0;
/** A run that was interrupted in its second epoch, to be spoilt. */
export async function interrupted(): Promise<RunFolder> {
  const original = join(modelsDir, 'interrupted');
  if (copies === 0) await trainAndInterrupt({ name: 'interrupted' }, { epoch: 2, step: 7 });
  const copy = join(modelsDir, `copy-${copies++}`);
  await cp(original, copy, { recursive: true });
  return new RunFolder(copy);
}

/** The settings of these runs, some of `training` replaced. */
export const withTraining = (training: object): Config => ({
  ...config(),
  task: 'classification',
  training: { ...config().training, ...training },
});
/** What a training said beside its events. */
export const textsOf = (events: readonly TrainRunEvent[], type: 'note' | 'warning') =>
  events.flatMap((event) => (event.type === type ? [event.text] : []));
