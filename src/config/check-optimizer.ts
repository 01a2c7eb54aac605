import type { Contradiction } from './check-layers.js';

/** Each type of model has one way of training that fits it; the path is below `training`. */
export function checkOptimizer(
  modelType: 'recurrent' | 'conv1d' | 'averagedEmbedding' | 'bagOfWords',
  optimizer: { readonly name: 'adam' | 'sgd' },
): Contradiction[] {
  const { name } = optimizer;
  const path = ['optimizer', 'name'];
  if (modelType === 'bagOfWords') {
    if (name === 'adam') return [];
    const message = `${name}, but a bagOfWords model has a solver of its own; leave training.optimizer out`;
    return [{ path, message }];
  }
  const fitting = modelType === 'averagedEmbedding' ? 'sgd' : 'adam';
  if (name === fitting) return [];
  const message = `${name}, but a model of type ${modelType} is trained with ${fitting}; set training.optimizer.name to ${fitting}`;
  return [{ path, message }];
}
