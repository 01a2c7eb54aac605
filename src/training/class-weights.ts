import type { TrainingConfig } from '../config/schema.js';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';

/**
 * Weights of labels by their index, 1 where `training.classWeights` does not name one.
 *
 * @param classWeights as the config has it, but not `none`
 * @throws UserError for names that are no labels
 */
export function classWeightsOf(
  classWeights: Exclude<TrainingConfig['classWeights'], 'none'>,
  labels: readonly string[],
): Float64Array | 'balanced' {
  if (classWeights === 'balanced') return 'balanced';
  const unknown = Object.keys(classWeights).filter((name) => !labels.includes(name));
  if (unknown.length > 0) throw unknownLabels(unknown, labels);
  return Float64Array.from(labels, (label) => (Object.hasOwn(classWeights, label) ? classWeights[label] : 1));
}

function unknownLabels(unknown: readonly string[], labels: readonly string[]): UserError {
  const sentences = unknown.map((name) => {
    const meant = nearest(name, labels);
    return `training.classWeights names ${name}, which is no label of the data set.${meant ? ` Did you mean ${meant}?` : ''}`;
  });
  const shown = labels.slice(0, 20).join(', ');
  return new UserError(sentences.join('\n'), `The labels are ${shown}${labels.length > 20 ? ', ...' : ''}.`);
}
