import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, models } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { expectValues } from './expect-values.js';
import { cellNames, cells } from './recurrent-case.js';

registerLayers();

const program = fileURLToPath(new URL('../model/stock-predictions.mjs', import.meta.url));
const ids = [
  [3, 1, 4, 11, 5],
  [2, 7, 0, 0, 0],
  [0, 0, 0, 0, 0],
];

describe('a saved model', () => {
  // Stock TF.js has no GRU whose reset gate acts after; test/model/stock.test.ts tells what happens to one.
  it.each(cellNames.filter((cell) => cell !== 'gruResetAfter'))(
    'of two layers gives the same in stock TF.js and when it is loaded here: %s',
    async (cell) => {
      await useVariant(backendVariants[1]);
      const tokens = input({ shape: [null], dtype: 'int32' });
      const rates = { dropout: 0.2, recurrentDropout: 0.2 };
      const outputs = [7, 5].reduce(
        (values, units, i) =>
          cells[cell].layer({ units, returnSequences: i === 0, ...rates }).apply(values) as typeof tokens,
        layers.embedding({ inputDim: 12, outputDim: 6, maskZero: true }).apply(tokens) as typeof tokens,
      );
      const network = model({ inputs: tokens, outputs });
      const predict = (from: typeof network) =>
        tf.tidy(() =>
          (from.predict(tf.tensor2d(ids, undefined, 'int32')) as tf.Tensor).dataSync<'float32'>(),
        );
      const expected = predict(network);
      const folder = await temporaryFolder();
      try {
        await network.save(
          tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
            const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
            await writeFile(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }));
            await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
            return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
          }),
        );
        const { stdout } = await promisify(execFile)(process.execPath, [
          program,
          folder,
          JSON.stringify(ids),
        ]);
        expectValues(JSON.parse(stdout).probabilities, expected, 1e-5);
      } finally {
        await rm(folder, { recursive: true });
      }
      const loaded = await models.modelFromJSON({ modelTopology: JSON.parse(network.toJSON() as string) });
      expect(loaded.layers[2].constructor).toBe(network.layers[2].constructor);
      loaded.setWeights(network.getWeights());
      expect(predict(loaded)).toEqual(expected);
      network.dispose();
      loaded.dispose();
    },
  );
});
