import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { modelCard } from '../../src/reporting/model-card.js';
import { result, runOf } from './run-of.js';

describe('the model card', () => {
  it('tells model, data, training, results, use and limits', () => {
    const card = modelCard(runOf({ evaluation: { split: 'test', result } }));
    expect([...card.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title)).toEqual([
      'gru2-2025-03-01-1',
      'Model',
      'Data',
      'Training',
      'Results',
      'Use',
      'Limits',
    ]);
    for (const line of [
      '- Embedding 11,000 x 128 -> GRU 128 -> GRU 128 (reset before) -> Dense 1 (sigmoid)',
      '- 1,606,401 parameters',
      '- 22,500 examples of the train split to learn from, 2,500 held out to choose the epoch',
      '- adam, learning rate 0.001, batches of 32, seed 1',
      '- 2 of 5 epochs; the weights of epoch 1 are kept, the best on the held-out examples',
      '- 3 min 05 s in all',
      '- backend wasm, 2 threads',
      '| training | 0.6500 | 62.0 % |',
      '| held out (validation) | 0.5000 | 79.0 % |',
      '| accuracy | 75.0 % | 74.5 % to 75.5 % |',
      '| loss | 0.5123 |  |',
      '| ROC AUC | 0.8211 |  |',
      'imdb-rnn predict --run gru2-2025-03-01-1 "text"',
      '- It reads the first 300 characters of each example and nothing after that.',
    ]) {
      expect(card.split('\n')).toContain(line);
    }
  });

  it('leaves out what is not known', () => {
    const card = modelCard(runOf({ metrics: [], facts: {}, version: undefined, created: undefined }));
    expect(card).not.toMatch(/undefined|NaN|null|false/);
    expect(card).toContain('No epoch has ended yet.');
  });

  it.each([
    [
      { model: { type: 'bagOfWords', inverseRegularization: 0.3 } },
      '- dual coordinate descent, C 0.3, seed 1',
      '- 2 of 5 epochs; the weights of epoch 1 are kept, the nearest to the optimum',
    ],
    [
      {
        model: { type: 'averagedEmbedding' },
        training: { optimizer: { name: 'fastText', learningRate: 0.25 }, validationSplit: 0 },
      },
      '- fastText, learning rate 0.25 falling to 0, one example at a time, seed 1',
      '- 2 of 5 epochs; the weights of epoch 1 are kept, the last ones',
    ],
  ])('tells how a model that does not read in order was trained', (settings, ...expected) => {
    const card = modelCard(runOf({ config: fillConfig(settings, 'settings') }));
    for (const line of expected) expect(card.split('\n')).toContain(line);
  });

  it('says how to measure the test split when nobody has', () => {
    expect(modelCard(runOf())).toContain('`imdb-rnn eval` measures the test split.');
  });
});
