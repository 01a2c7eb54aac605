import type { Contradiction } from './check-layers.js';

interface Updates {
  readonly accumulate: number;
  readonly clip: unknown;
  readonly l2: unknown;
  readonly maxNorm: unknown;
  readonly average: unknown;
}

const off = { accumulate: 1, clip: 'none', l2: 0, maxNorm: 'none', average: 'none' } satisfies Updates;
const learners = {
  averagedEmbedding:
    "is trained with fastText's descent, an example at a time, not by the gradients of batches",
  bagOfWords: 'has a solver of its own, which knows no gradients of batches',
};

/** What happens to gradients and weights around an update has no meaning without gradients of batches; paths below `training`. */
export function checkUpdates(modelType: string, training: Updates): Contradiction[] {
  const learner = learners[modelType as keyof typeof learners];
  if (!learner) return [];
  const keys = Object.keys(off) as (keyof Updates)[];
  return keys
    .filter((key) => training[key] !== off[key])
    .map((key) => ({
      path: [key],
      message: `is set, but a model of type ${modelType} ${learner}; leave training.${key} out`,
    }));
}
