import type { TrainingConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';

/**
 * Some settings go by what validation says.
 *
 * @param examples that are held out for it
 * @throws UserError where there are none for a setting that needs some
 */
export function checkValidation(training: TrainingConfig, { examples }: { examples: number }): void {
  if (examples > 0) return;
  const { earlyStopping, schedule, validateEvery, monitor } = training;
  const needs = [
    earlyStopping !== 'none' && 'training.earlyStopping',
    schedule !== 'auto' && schedule.name === 'reduceOnPlateau' && 'training.schedule reduceOnPlateau',
    validateEvery !== 'epoch' && 'training.validateEvery',
    monitor !== 'auto' && 'training.monitor',
  ].filter((each) => each !== false);
  if (needs.length === 0) return;
  throw new UserError(
    `${needs.join(' and ')} ${needs.length === 1 ? 'goes' : 'go'} by the validation, but no example is held out for it.`,
    'Set training.validationSplit to a share above 0, such as 0.1.',
  );
}
