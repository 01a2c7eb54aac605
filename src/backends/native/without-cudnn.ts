import type { ModelSettings } from '../backend-choice.js';
import { zoneoutOf } from './without-zoneout.js';

/**
 * What of a model cuDNN has no operation for, in a sentence, or undefined: on the `cuda` backend those layers are right, but
 * computed step by step. cuDNN's GRU resets after the recurrent product, drops nothing inside a layer, and keeps
 * no former states.
 */
export function withoutCudnn({ layers = [] }: ModelSettings): string | undefined {
  const reasons = layers.flatMap((layer, i) => {
    const reason = reasonOf(layer);
    return reason ? [`model.layers[${i}] (${reason})`] : [];
  });
  return reasons.length === 0
    ? undefined
    : `cuDNN lacks ${reasons.join(', ')}: computed step by step, slower`;
}

function reasonOf(layer: NonNullable<ModelSettings['layers']>[number]): string | undefined {
  if (layer.cell === 'gru' && !layer.resetAfter) return 'resetAfter: false';
  if (layer.recurrentDropout > 0) return `recurrentDropout: ${layer.recurrentDropout}`;
  return zoneoutOf(layer);
}
