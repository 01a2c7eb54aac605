import type { Contradiction } from './check-layers.js';

/** As much of a model as tells whether anything in it is drawn anew at each pass. */
interface Dropping {
  readonly type: string;
  readonly dropout?: number;
  readonly embedding?: { readonly units: number; readonly dropout?: number; readonly wordDropout?: number };
  readonly wide?: unknown;
  readonly layers?: readonly Readonly<Record<string, unknown>>[];
}

/** Ways of training that go over a batch twice fit models that learn by gradients alone; the path is below `training`. */
export function checkRegularization(
  model: Dropping,
  training: { readonly adversarial: unknown; readonly rDrop: unknown },
): Contradiction[] {
  const asked = (['adversarial', 'rDrop'] as const).filter((key) => training[key] !== 'none');
  if (model.type !== 'recurrent' && model.type !== 'conv1d') {
    return asked.map((key) => ({
      path: [key],
      message: `a model of type ${model.type} does not learn by the gradients of batches; set training.${key} to none`,
    }));
  }
  if (asked.length === 2) {
    const message =
      'stands beside training.adversarial, and each needs its own second pass; set one of them to none';
    return [{ path: ['rDrop'], message }];
  }
  if (asked[0] !== 'rDrop' || drops(model)) return [];
  const message =
    'compares two passes that drop different things, but this model drops nothing; set model.dropout, or set training.rDrop to none';
  return [{ path: ['rDrop'], message }];
}

const layerRates = ['dropout', 'recurrentDropout', 'weightDropout', 'zoneout', 'cellZoneout'];

function drops({ dropout = 0, embedding, wide, layers = [] }: Dropping): boolean {
  const ofWide = (wide as { readonly dropout?: number } | undefined)?.dropout;
  const rates = [dropout, embedding?.dropout, embedding?.wordDropout, ofWide];
  for (const layer of layers) rates.push(...layerRates.map((key) => (layer[key] as number | undefined) ?? 0));
  return rates.some((rate) => rate !== undefined && rate > 0);
}
