import type { ModelConfig, RecurrentLayerConfig } from '../config/schema.js';

/**
 * What a model drops or keeps at random in training, in one line: `Dropped in training: 20 % of the vectors' dimensions; layer 2:
 * 30 % of the recurrent weights`. Undefined where it drops nothing, and for models that have nothing to drop.
 */
export function describeDropping(model: ModelConfig): string | undefined {
  if (model.type !== 'recurrent' && model.type !== 'conv1d') return undefined;
  const { dropout, wordDropout } = model.embedding;
  const layers = model.type === 'recurrent' ? model.layers : [];
  const wide = model.type === 'recurrent' ? model.wide : 'none';
  const wideDropout = wide === 'none' ? 0 : wide.dropout;
  const parts = [
    ...share(wordDropout, 'of the words'),
    ...share(dropout, "of the vectors' dimensions"),
    ...layers.flatMap((layer, i) => {
      const dropped = ofLayer(layer);
      return dropped.length > 0 ? [`layer ${i + 1}: ${dropped.join(', ')}`] : [];
    }),
    ...share(model.dropout, 'of the features before the output'),
    ...share(wideDropout, 'of the features of the bag of words'),
  ];
  return parts.length > 0 ? `Dropped in training: ${parts.join('; ')}` : undefined;
}

function ofLayer(layer: RecurrentLayerConfig): string[] {
  const cellZoneout = layer.cell === 'lstm' ? layer.cellZoneout : 0;
  return [
    ...share(layer.dropout, 'of the inputs'),
    ...share(layer.recurrentDropout, 'of the state'),
    ...share(layer.weightDropout, 'of the recurrent weights'),
    ...share(layer.zoneout, 'of the steps of the state (zoneout)'),
    ...share(cellZoneout, 'of the steps of the cell state (zoneout)'),
  ];
}

function share(rate: number, what: string): string[] {
  return rate > 0 ? [`${Number((100 * rate).toPrecision(3))} % ${what}`] : [];
}
