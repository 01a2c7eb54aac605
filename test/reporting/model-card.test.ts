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

  it('tells that not all examples were whole texts, or labelled by people', () => {
    const { config } = runOf();
    const text = { ...config.text, excerpts: 'windows' as const };
    const training = { ...config.training, teacher: { run: 'both' } };
    const card = modelCard(runOf({ config: { ...config, text, training } })).split('\n');
    expect(card).toContain(
      '- 22,500 texts and excerpts of them of the train split to learn from, 2,500 held out to choose the epoch',
    );
    expect(card).toContain('- Among them texts without a label, as the run `both` answers them');
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

  it('tells what is dropped in training, and what else keeps the model from learning by heart', () => {
    const model = {
      embedding: { dropout: 0.2, wordDropout: 0.05 },
      layers: [
        { cell: 'gru', resetAfter: false, zoneout: 0.1 },
        {
          cell: 'lstm',
          units: 64,
          bidirectional: 'sum',
          zoneout: 0.05,
          cellZoneout: 0.5,
          weightDropout: 0.125,
        },
        { cell: 'simpleRnn', dropout: 0.1, recurrentDropout: 0.3 },
      ],
      dropout: 0.5,
    };
    const cardOf = (training: object, own: object = model) =>
      modelCard(runOf({ config: fillConfig({ model: own, training }, 'settings') })).split('\n');
    const card = cardOf({ adversarial: { epsilon: 3, weight: 0.5 } });
    for (const line of [
      '- Embedding 11,000 x 128 -> GRU 128 (reset before, zoneout 0.1) -> bidirectional LSTM 64 (zoneout 0.05, cell zoneout 0.5) -> SimpleRNN 128 -> Dense 1 (sigmoid)',
      "- Dropped in training: 5 % of the words; 20 % of the vectors' dimensions; layer 1: 10 % of the steps of the state (zoneout); layer 2: 12.5 % of the recurrent weights, 5 % of the steps of the state (zoneout), 50 % of the steps of the cell state (zoneout); layer 3: 10 % of the inputs, 30 % of the state; 50 % of the features before the output",
      '- adversarial training of the word vectors, epsilon 3, weight 0.5',
    ])
      expect(card).toContain(line);
    expect(cardOf({ rDrop: { weight: 2 } })).toContain('- two passes are to answer alike (R-Drop), weight 2');
    const plain = cardOf({}, { type: 'conv1d' }).join();
    for (const word of ['Dropped', 'adversarial', 'R-Drop']) expect(plain).not.toContain(word);
  });

  it('says how to measure the test split when nobody has', () => {
    expect(modelCard(runOf())).toContain('`imdb-rnn eval` measures the test split.');
  });
});
