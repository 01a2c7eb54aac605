import type { Contradiction } from './check-layers.js';

/** Settings of steps that are taken by the gradients of batches, and what stands where they have no say. */
const ofBatches = { steps: 'none', batchTokens: 'none', schedule: 'auto' };

/** Settings of a training whose weights may be best before its end. */
const ofValidation = { validateEvery: 'epoch', monitor: 'auto', earlyStopping: 'none' };

/** Models that learn otherwise, and why the settings have no say there. */
const others: Readonly<Record<string, { idle: Readonly<Record<string, string>>; reason: string }>> = {
  averagedEmbedding: { idle: ofBatches, reason: 'learns from one example after another' },
  bagOfWords: { idle: { ...ofBatches, ...ofValidation }, reason: 'is solved to its one optimum' },
};

/** Not every model learns by the gradients of batches; the path is below `training`. */
export function checkGradientSettings(
  modelType: string,
  training: Readonly<Record<string, unknown>>,
): Contradiction[] {
  const { idle = {}, reason } = others[modelType] ?? {};
  return Object.entries(idle)
    .filter(([key, absent]) => training[key] !== absent)
    .map(([key]) => ({
      path: [key],
      message: `has no say: a model of type ${modelType} ${reason}; leave training.${key} out`,
    }));
}
