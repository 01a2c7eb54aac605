import type { TrainingConfig } from '../config/schema.js';
import { formatPercent } from '../formats/numbers.js';

type Updates = Pick<TrainingConfig, 'clip' | 'l2' | 'maxNorm' | 'average'>;

/** What happens around the updates of a training, in a few words each; nothing where it is all off. */
export function describeUpdates({ clip, l2, maxNorm, average }: Updates): string[] {
  const penalty = typeof l2 === 'number' ? { factor: l2, weights: 'kernels' } : l2;
  return [
    ...(clip === 'none' ? [] : [describeClipping(clip)]),
    ...(penalty.factor > 0
      ? [`L2 penalty ${penalty.factor} on ${penalty.weights === 'all' ? 'all weights' : 'kernels'}`]
      : []),
    ...(maxNorm === 'none' ? [] : [`incoming weights of a unit limited to the norm ${maxNorm}`]),
    ...(average === 'none' ? [] : [describeAverage(average)]),
  ];
}

function describeClipping(clip: Exclude<Updates['clip'], 'none'>): string {
  return 'norm' in clip ? `gradients clipped to the norm ${clip.norm}` : `gradients cut off at ${clip.value}`;
}

function describeAverage(average: Exclude<Updates['average'], 'none'>): string {
  if (average.name === 'exponential') return `the weights are a moving mean, decay ${average.decay}`;
  const weights = average.every === 'step' ? 'those of each step' : 'those at the end of each epoch';
  return `the weights are the mean of ${weights} after ${formatPercent(average.from, { digits: 0 })} of the training`;
}
