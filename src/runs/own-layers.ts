import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonFile } from './read-verified.js';

/** Layers of our models that TF.js has, too, and that give the same numbers there, padded or not. */
const stockLayers = new Set([
  ...['InputLayer', 'Embedding', 'GRU', 'LSTM', 'SimpleRNN', 'Bidirectional', 'LayerNormalization'],
  ...['Concatenate', 'Dropout', 'SpatialDropout1D', 'Dense'],
]);

interface SavedLayer {
  readonly class_name?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

/**
 * The kinds of layers in a run's model that stock TensorFlow.js cannot build: of another name, or a GRU whose reset gate acts
 * after the product. Each once, in the model's order; undefined where the run has no model.
 *
 * @throws UserError when model.json is no JSON
 */
export async function readOwnLayers(folder: string): Promise<string[] | undefined> {
  const path = join(folder, 'model.json');
  const content = await readFile(path).catch(() => undefined);
  if (content === undefined) return undefined;
  const { modelTopology } = parseJsonFile(content, path) as { modelTopology?: unknown };
  return [...new Set(layersOf(modelTopology).flatMap(ownKind))];
}

function ownKind({ class_name: name, config }: SavedLayer): string[] {
  if (typeof name !== 'string') return [];
  if (name === 'GRU' && config?.reset_after === true) return ['GRU with `resetAfter`'];
  return stockLayers.has(name) ? [] : [name];
}

/** All layers below a part of a model's JSON, those inside of wrappers, too. */
function layersOf(value: unknown): SavedLayer[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'layers' && Array.isArray(part)) return part.flatMap((layer) => [layer, ...layersOf(layer)]);
    return key === 'layer' ? [part as SavedLayer, ...layersOf(part)] : layersOf(part);
  });
}
