import type { ModelConfig, RecurrentLayerConfig } from '../config/schema.js';

/**
 * What of a model cuDNN has no operation for, in a sentence, or undefined: on the `cuda` backend those layers are right, but
 * computed step by step. cuDNN's GRU resets after the recurrent product, and drops nothing inside a layer.
 */
export function withoutCudnn(model: ModelConfig): string | undefined {
  if (model.type !== 'recurrent') return undefined;
  const reasons = model.layers.flatMap((layer, i) => {
    const reason = reasonOf(layer);
    return reason ? [`model.layers[${i}] (${reason})`] : [];
  });
  return reasons.length === 0
    ? undefined
    : `cuDNN lacks ${reasons.join(', ')}: computed step by step, slower`;
}

function reasonOf(layer: RecurrentLayerConfig): string | undefined {
  if (layer.cell === 'gru' && !layer.resetAfter) return 'resetAfter: false';
  return layer.recurrentDropout > 0 ? `recurrentDropout: ${layer.recurrentDropout}` : undefined;
}
