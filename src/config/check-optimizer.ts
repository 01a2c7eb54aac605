import { gradientOptimizers, type OptimizerConfig } from '../optimizers/optimizer-table.js';
import type { Contradiction } from './check-layers.js';

type ModelType = 'recurrent' | 'conv1d' | 'averagedEmbedding' | 'bagOfWords' | 'ensemble';

/** Each type of model has ways of training that fit it; the path is below `training`. */
export function checkOptimizer(modelType: ModelType, optimizer: OptimizerConfig): Contradiction[] {
  const { name } = optimizer;
  const path = ['optimizer', 'name'];
  if (modelType === 'bagOfWords') {
    // What a config that names none is filled with; the schema takes it out again.
    if (name === 'adam') return [];
    const message = `${name}, but a bagOfWords model has a solver of its own; leave training.optimizer out`;
    return [{ path, message }];
  }
  // An ensemble is not trained, and whatever its config is filled with is taken out again.
  if (modelType === 'ensemble') return [];
  const fitting = modelType === 'averagedEmbedding' ? ['fastText'] : gradientOptimizers;
  if (fitting.includes(name)) return checkMomentum(optimizer);
  const way = modelType === 'averagedEmbedding' ? 'with fastText' : 'by the gradients of batches';
  const names = fitting.length === 1 ? fitting[0] : `one of ${fitting.join(', ')}`;
  const message = `${name}, but a model of type ${modelType} is trained ${way}; set training.optimizer.name to ${names}`;
  return [{ path, message }];
}

/** Nesterov's step looks ahead by the momentum. */
function checkMomentum(optimizer: OptimizerConfig): Contradiction[] {
  if (optimizer.name !== 'sgd' || !optimizer.nesterov || optimizer.momentum > 0) return [];
  const message =
    'true, but there is no momentum to look ahead by; set training.optimizer.momentum, such as to 0.9';
  return [{ path: ['optimizer', 'nesterov'], message }];
}
