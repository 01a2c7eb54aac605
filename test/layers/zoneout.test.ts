import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, models } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { Bidirectional } from '../../src/layers/bidirectional.js';
import { registerLayers } from '../../src/layers/register.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
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

/** A model of two layers, the first of which reads in both directions, with weights that are always the same. */
function network(cell: (typeof cellNames)[number], rates: object): LayersModel {
  const args = { ...rates, ...(cell === 'lstm' && 'zoneout' in rates ? { cellZoneout: 0.25 } : {}) };
  const tokens = input({ shape: [null], dtype: 'int32' });
  const vectors = layers.embedding({ inputDim: 12, outputDim: 6, maskZero: true }).apply(tokens);
  const layer = cells[cell].layer({ units: 5, returnSequences: true, ...args } as never);
  const both = new Bidirectional({ layer, mergeMode: 'concat' });
  const last = cells[cell].layer({ units: 4, ...args } as never);
  const made = model({ inputs: tokens, outputs: last.apply(both.apply(vectors)) as typeof tokens });
  tf.tidy(() => {
    made.setWeights(
      made.getWeights().map(({ size, shape }, i) => tf.tensor(randomNumbers(size, { seed: i + 1 }), shape)),
    );
  });
  return made;
}

const outputOf = (from: LayersModel, kwargs = {}) =>
  tf.tidy(() =>
    (from.apply(tf.tensor2d(ids, undefined, 'int32'), kwargs) as tf.Tensor).dataSync<'float32'>(),
  );

describe('layers with zoneout and weight dropout', () => {
  it.each(cellNames)('give the same on every backend, in training and in prediction: %s', async (cell) => {
    const answers: Float32Array[][] = [];
    for (const variant of backendVariants) {
      await useVariant(variant);
      const made = network(cell, { zoneout: 0.15, weightDropout: 0.3 });
      answers.push([outputOf(made, { training: true, random: new Random(5) }), outputOf(made)]);
      made.dispose();
    }
    const [[trained, predicted], ...others] = answers;
    expect(trained).not.toEqual(predicted);
    for (const [training, prediction] of others) {
      expectValues(training, trained, 3e-6);
      expectValues(prediction, predicted, 3e-6);
    }
  });

  it.each(cellNames)(
    'draw masks of their own for each direction, in the same order each time: %s',
    async (cell) => {
      await useVariant(backendVariants[1]);
      for (const rates of [{ zoneout: 0.5 }, { weightDropout: 0.5 }]) {
        const made = network(cell, rates);
        const from = (seed: number) => outputOf(made, { training: true, random: new Random(seed) });
        expect(from(1)).toEqual(from(1));
        expect(from(1)).not.toEqual(from(2));
        made.dispose();
      }
    },
  );

  it.each(cellNames)('come back from their config with what they do: %s', async (cell) => {
    await useVariant(backendVariants[1]);
    for (const rates of [{ zoneout: 0.15 }, { zoneout: 0.15, weightDropout: 0.3 }, { weightDropout: 0.3 }]) {
      const made = network(cell, rates);
      const loaded = await models.modelFromJSON({ modelTopology: JSON.parse(made.toJSON() as string) });
      loaded.setWeights(made.getWeights());
      for (const kwargs of [{}, { training: true }]) {
        const random = () => new Random(3);
        expect(outputOf(loaded, { ...kwargs, random: random() })).toEqual(
          outputOf(made, { ...kwargs, random: random() }),
        );
      }
      made.dispose();
      loaded.dispose();
    }
  });

  it('are refused by stock TF.js, which would predict without zoneout; weight dropout changes no prediction', async () => {
    await useVariant(backendVariants[1]);
    const predictions = async (rates: object) => {
      const made = network('lstm', rates);
      const folder = await temporaryFolder();
      try {
        await made.save(
          tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
            const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
            await writeFile(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }));
            await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
            return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
          }),
        );
        const stock = promisify(execFile)(process.execPath, [program, folder, JSON.stringify(ids)]);
        return { own: outputOf(made), stock: JSON.parse((await stock).stdout).probabilities };
      } finally {
        made.dispose();
        await rm(folder, { recursive: true });
      }
    };
    await expect(predictions({ zoneout: 0.1 })).rejects.toThrow('Unknown layer: ZoneoutLSTM');
    const { own, stock } = await predictions({ weightDropout: 0.3 });
    expectValues(stock, own, 1e-5);
  });
});
