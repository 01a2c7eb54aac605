import { gradientOptimizers, type OptimizerName } from '../optimizers/optimizer-table.js';
import type { Contradiction } from './check-layers.js';

type ModelType = 'recurrent' | 'conv1d' | 'averagedEmbedding' | 'bagOfWords';

/** Each type of model has ways of training that fit it; the path is below `training`. */
export function checkOptimizer(
  modelType: ModelType,
  { name }: { readonly name: OptimizerName },
): Contradiction[] {
  const path = ['optimizer', 'name'];
  if (modelType === 'bagOfWords') {
    // What a config that names none is filled with; the schema takes it out again.
    if (name === 'adam') return [];
    const message = `${name}, but a bagOfWords model has a solver of its own; leave training.optimizer out`;
    return [{ path, message }];
  }
  const fitting = modelType === 'averagedEmbedding' ? ['fastText'] : gradientOptimizers;
  if (fitting.includes(name)) return [];
  const names = fitting.join(' or ');
  const message = `${name}, but a model of type ${modelType} is trained with ${names}; set training.optimizer.name to ${names}`;
  return [{ path, message }];
}
