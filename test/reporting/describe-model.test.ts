import { expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { describeModel } from '../../src/reporting/describe-model.js';
import { openTask } from '../../src/tasks/open-task.js';

it.each([
  [{}, 'Embedding 1,007 x 6 -> GRU 5'],
  [{ ngrams: 2 }, 'Embedding 1,007 x 6 of tokens and of 131,072 runs of 2 -> GRU 5'],
  [{ ngrams: 4, ngramVectors: 90 }, 'Embedding 1,007 x 6 of tokens and of 90 runs of 2 to 4 -> GRU 5'],
])('tells which runs of tokens have vectors: %o', (embedding, expected) => {
  const settings = { embedding: { units: 6, ...embedding }, layers: [{ cell: 'gru', units: 5 }] };
  const config = fillConfig({ text: { oovBuckets: 7 }, model: settings }, 'test');
  const task = openTask('classification', ['no', 'yes']);
  const described = describeModel({
    ...{ name: 'run', metrics: [], config, task },
    facts: { knownTokens: 1000 },
  });
  expect(described).toBe(`${expected} -> Dense 1 (sigmoid)`);
});
