import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../errors/user-error.js';
import { registerLayers } from '../layers/register.js';
import { wideLayerOf } from '../model/wide-part.js';
import type { Task } from '../tasks/task.js';
import { runIdsOf, wordIdCount } from '../text/run-ids.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { renewLayers } from './former-layers.js';
import { readModelFiles } from './model-files.js';

/**
 * Loads a run's model onto the current backend and checks that it belongs to the run's vocabulary and labels.
 *
 * @param options.prove throws where model.json is not as it was written; asked last, when nothing else is wrong
 * @throws UserError when the files are damaged, this version does not know a layer, or model, vocabulary and labels do
 * not fit together
 */
export async function loadModel(
  folder: string,
  { prove, ...options }: { vocabulary: Vocabulary; task: Task; prove: (json: Buffer) => Promise<void> },
): Promise<LayersModel> {
  const { artifacts, json } = await readModelFiles(folder);
  registerLayers();
  const model = await loadLayersModel({ load: async () => renewLayers(artifacts) }).catch((error: Error) => {
    throw new UserError(
      `${folder}/model.json cannot be loaded: ${error.message}`,
      'It may come from a newer version of imdb-rnn, or was changed by hand.',
      { cause: error },
    );
  });
  try {
    checkFit(model, folder, options);
    await prove(json);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/** Layers that have a row for each id, and how their configs call the number of them. */
const idCountKeys: Record<string, string> = {
  ...{ Embedding: 'inputDim', NgramEmbedding: 'inputDim', BagOfWords: 'idCount', WideLinear: 'idCount' },
};

function checkFit(
  model: LayersModel,
  folder: string,
  { vocabulary, task }: { vocabulary: Vocabulary; task: Task },
): void {
  const hint = 'These files are of different runs: take the whole folder of one run.';
  const { idCount } = vocabulary;
  const wide = wideLayerOf(model);
  const runIds = runIdsOf(vocabulary);
  if (wide && (wide.runIds.first !== runIds.first || wide.runIds.end !== runIds.end)) {
    throw new UserError(
      `${folder}: to the model the ids from ${wide.runIds.first} up to ${wide.runIds.end} stand for runs of tokens, but in ` +
        `vocabulary.txt those from ${runIds.first} up to ${runIds.end} do.`,
      hint,
    );
  }
  for (const layer of model.layers) {
    const key = idCountKeys[layer.getClassName()];
    if (key === undefined) continue;
    const rows = layer.getConfig()[key] as number;
    // Beside a wide part the embedding has no rows for runs of tokens.
    const expected = wide && layer !== wide ? wordIdCount(idCount, runIds) : idCount;
    if (rows === expected) continue;
    throw new UserError(
      `${folder}: the model's ${layer.name} has ${rows} rows, but vocabulary.txt with ${vocabulary.oovBuckets} OOV ` +
        `buckets makes ${expected} ids.`,
      hint,
    );
  }
  const columns = model.outputShape.at(-1) as number;
  if (columns !== task.columns && columns !== task.labels.length) {
    throw new UserError(
      `${folder}: the model gives ${columns} probabilities, but labels.txt names ${task.labels.length} labels.`,
      hint,
    );
  }
}
