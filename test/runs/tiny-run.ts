import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { registerLayers } from '../../src/layers/register.js';
import { createRun } from '../../src/runs/create-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { WordVocabulary } from '../../src/text/word-vocabulary.js';
import '@tensorflow/tfjs-backend-cpu';

/** TF.js' own cpu backend: small models, no surprises. */
export async function useCpu(): Promise<void> {
  // Without its hint, on every start, that a native module is faster.
  tf.enableProdMode();
  await tf.setBackend('cpu');
  registerLayers();
}

/** A new empty folder outside the project. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'imdb-rnn-test-'));
}

/** `<pad>` and eight words, and 3 OOV buckets: 12 ids. */
export const tinyVocabulary = WordVocabulary.parse(
  '<pad>\nthe\na\nfilm\ngood\nbad\nboring\ngreat\nnot\n',
  tinyConfig().text,
);
export const tinyLabels = ['negative', 'positive'];

export function tinyConfig(): Config {
  return fillConfig(
    {
      dataset: { name: 'acl-imdb' },
      text: { vocabularySize: 9, oovBuckets: 3 },
      model: { embedding: { units: 4 }, layers: [{ cell: 'gru', units: 3, resetAfter: false }] },
    },
    'tiny config',
  );
}

/** A model like those that are trained, but of 12 ids and 3 units; two seeds give two different models. */
export function tinyModel({ seed = 1, idCount = tinyVocabulary.idCount, columns = 1 } = {}): LayersModel {
  const normal = (offset: number) =>
    initializers.randomNormal({ mean: 0, stddev: 1, seed: seed * 10 + offset });
  return sequential({
    layers: [
      layers.embedding({
        inputDim: idCount,
        outputDim: 4,
        maskZero: true,
        inputShape: [null],
        embeddingsInitializer: normal(1),
      }),
      layers.gru({
        units: 3,
        recurrentActivation: 'sigmoid',
        kernelInitializer: normal(2),
        recurrentInitializer: normal(3),
      }),
      layers.dense({
        units: columns,
        activation: columns === 1 ? 'sigmoid' : 'softmax',
        kernelInitializer: normal(4),
      }),
    ],
  });
}

/** A run with a model, as train leaves it. */
export async function tinyRun(modelsDir: string, { name = 'tiny', seed = 1 } = {}): Promise<RunFolder> {
  const run = await createRun(modelsDir, {
    name,
    config: tinyConfig(),
    vocabulary: tinyVocabulary,
    labels: tinyLabels,
  });
  const model = tinyModel({ seed });
  await run.writeModel(model);
  model.dispose();
  await run.writeSummary({ status: 'completed' });
  return run;
}

/** All weights as plain numbers. */
export function numbersOf(model: LayersModel): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}
