import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { BagOfWordsConfig } from '../config/schema.js';
import { BagOfWords } from '../layers/bag-of-words.js';
import type { BuildOptions } from './build-options.js';

/**
 * Logistic regression on the features of an example; all weights 0. For `naiveBayes` the layer is that of `binary`: the
 * log-count ratios are known once training has counted, and are then multiplied into the kernel.
 *
 * @returns a model from ids and counts, int32 [batch, features], to probabilities [batch, columns of the task]
 */
export function buildBagOfWords(config: BagOfWordsConfig, options: BuildOptions): LayersModel {
  const inputs = ['ids', 'counts'].map((name) => input({ shape: [null], dtype: 'int32', name }));
  const output = new BagOfWords({
    name: 'label',
    idCount: options.idCount,
    units: options.task.columns,
    weighting: config.weighting === 'naiveBayes' ? 'binary' : config.weighting,
    normalized: options.task.exclusive,
  }).apply(inputs) as SymbolicTensor;
  return model({ inputs, outputs: output });
}
