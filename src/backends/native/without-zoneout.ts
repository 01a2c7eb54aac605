import type { ModelSettings } from '../backend-choice.js';

/**
 * Which layers of a model keep TensorFlow from computing them as one operation, in a sentence, or undefined: our operations
 * there know no zoneout, so that TF.js' own compute it, one time step after the other.
 */
export function withoutZoneout({ layers = [] }: ModelSettings): string | undefined {
  const reasons = layers.flatMap((layer, i) => {
    const reason = zoneoutOf(layer);
    return reason ? [`model.layers[${i}] (${reason})`] : [];
  });
  return reasons.length === 0
    ? undefined
    : `no fused operation for ${reasons.join(', ')}: computed step by step, much slower`;
}

/** The setting that makes a layer keep former states; undefined where none does. */
export function zoneoutOf(layer: NonNullable<ModelSettings['layers']>[number]): string | undefined {
  const { zoneout = 0, cellZoneout = 0 } = layer;
  if (zoneout > 0) return `zoneout: ${zoneout}`;
  return cellZoneout > 0 ? `cellZoneout: ${cellZoneout}` : undefined;
}
