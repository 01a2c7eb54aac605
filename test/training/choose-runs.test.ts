import { beforeAll, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { NgramEmbedding } from '../../src/layers/ngram-embedding.js';
import { buildModel } from '../../src/model/build-model.js';
import { chooseRuns } from '../../src/training/choose-runs.js';
import { useCpu } from '../runs/tiny-run.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);

/** The pairs that a model's embedding knows, after these examples. */
function known(model: object, options: object, examples: readonly (readonly number[])[]): number[][] {
  const settings = {
    embedding: { units: 2, ngrams: 2, ngramVectors: 4 },
    layers: [{ cell: 'gru', units: 2 }],
  };
  const config = fillConfig(
    { text: { ngrams: 'wide' in model ? 2 : 1 }, model: { ...settings, ...model } },
    'test',
  );
  const built = buildModel(config.model, { idCount: 12, task: tinyTask(), seed: 1, ...options });
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach(({ length }, i) => {
    offsets[i + 1] = offsets[i] + length;
  });
  const targets = { values: new Int32Array(examples.length) };
  chooseRuns(built, { ids: Int32Array.from(examples.flat()), offsets, targets });
  const layer = built.layers.find((each) => each instanceof NgramEmbedding)!;
  const pairs = layer.getWeights().at(-1)!.arraySync() as number[][];
  built.dispose();
  return pairs;
}

it('gives vectors to the pairs that come most often, of those that come twice', () => {
  const examples = [[1, 2, 3, 4], [2, 3, 1, 2], [2, 3], [5, 6], []];
  expect(known({}, {}, examples)).toEqual([
    [2, 3],
    [1, 2],
    [0, 0],
    [0, 0],
  ]);
});

it('counts no features of a wide part, and numbers tokens as the embedding does', () => {
  // Ids 4 to 8 are runs; 9 to 11 stand for unknown tokens and are 4 to 6 to the embedding.
  const examples = [
    [1, 10, 4, 5, 4, 5],
    [1, 10, 4, 5],
    [10, 2, 7],
  ];
  const runIds = { first: 4, end: 9 };
  expect(known({ wide: {} }, { runIds }, examples)).toEqual([
    [1, 5],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});
