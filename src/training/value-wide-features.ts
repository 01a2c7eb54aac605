import type { LayersModel } from '@tensorflow/tfjs-layers';
import { countFeatures } from '../batches/count-features.js';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { targetsOfExample } from '../batches/targets.js';
import { UserError } from '../errors/user-error.js';
import { wideLayerOf } from '../model/wide-part.js';
import type { Task } from '../tasks/task.js';
import { logCountRatios } from './feature-weights.js';

/**
 * Gives the wide part of a model, where it has one with `naiveBayes`, the log-count ratios of each column, its label against
 * the rest; as for a bag of words every example counts once, whatever its weight.
 *
 * @param training what the model will learn from
 * @throws UserError when the task has no columns that say yes or no to an example
 */
export function valueWideFeatures(model: LayersModel, training: EncodedSplit, task: Task): void {
  const layer = wideLayerOf(model);
  if (layer?.weighting !== 'naiveBayes') return;
  const { exampleLoss } = task;
  if (!exampleLoss) throw noColumns(task);
  const features = countFeatures(training);
  const { idCount, units } = layer;
  const values = new Float32Array(idCount * units);
  for (let column = 0; column < units; column++) {
    const isPositive = (example: number) =>
      exampleLoss.isTrue(column, targetsOfExample(features.targets, example));
    const ratios = logCountRatios(features, { idCount, isPositive });
    for (let id = 0; id < idCount; id++) values[id * units + column] = ratios[id];
  }
  layer.valueBy(values);
}

function noColumns({ name }: Task): UserError {
  return new UserError(
    `model.wide.weighting is naiveBayes, but task ${name} has no labels that an example has or has not`,
    'Set model.wide.weighting to binary.',
  );
}
