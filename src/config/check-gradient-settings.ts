import type { Contradiction } from './check-layers.js';

/** Settings of steps that are taken by the gradients of batches, and what stands where they have no say. */
const ofBatches = {
  ...{ steps: 'none', batchTokens: 'none', schedule: 'auto' },
  ...{ accumulate: 1, clip: 'none', l2: 0, maxNorm: 'none', average: 'none' },
};

/** Settings of a training whose weights may be best before its end. */
const ofValidation = { validateEvery: 'epoch', monitor: 'auto', earlyStopping: 'none' };

/** Models that learn otherwise, and why the settings have no say there. */
const others: Readonly<
  Record<string, { readonly idle: Readonly<Record<string, string | number>>; readonly reason: string }>
> = {
  averagedEmbedding: {
    idle: ofBatches,
    reason: "is trained with fastText's descent, an example at a time, not by the gradients of batches",
  },
  bagOfWords: {
    idle: { ...ofBatches, ...ofValidation },
    reason: 'has a solver of its own, which knows no gradients of batches and nears one optimum',
  },
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
      message: `is set, but a model of type ${modelType} ${reason}; leave training.${key} out`,
    }));
}
