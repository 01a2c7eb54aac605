import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { parseConfig } from '../../src/config/parse-config.js';
import type { Config, RecurrentModelConfig } from '../../src/config/schema.js';
import { serializeConfig } from '../../src/config/serialize-config.js';
import { configs, reconciled } from './any-config.js';
import { mistakes, model } from './mistakes-of.js';

/** The recurrent layers of a config that has them. */
const layersOf = ({ model }: Config) => (model as RecurrentModelConfig).layers;

describe('a config text', () => {
  it('comes back the same after it was written and read', () => {
    fc.assert(
      fc.property(configs.map(reconciled), (config) => {
        expect(parseConfig(serializeConfig(config), 'c.yaml').config).toEqual(config);
      }),
    );
  });

  it('may repeat a layer through an alias, and is written out without one', () => {
    const text = 'model:\n  layers:\n    - &layer {cell: gru, units: 7}\n    - *layer\n';
    const { config } = parseConfig(text, 'c.yaml', { overrides: ['model.layers[1].units=9'] });
    expect(layersOf(config).map(({ units }) => units)).toEqual([7, 9]);
    const written = serializeConfig(parseConfig(text, 'c.yaml').config);
    expect(written).not.toMatch(/[&*]/);
  });

  it('is filled with every default', () => {
    const { config } = parseConfig(model, 'c.yaml');
    expect(config.training).toMatchObject({ epochs: 5, batchSize: 32, validationSplit: 0.1 });
    expect(config.model).toEqual({
      type: 'recurrent',
      embedding: { units: 128, dropout: 0, wordDropout: 0, ngrams: 1, ngramVectors: 131_072 },
      layers: [
        {
          cell: 'gru',
          units: 128,
          bidirectional: false,
          dropout: 0,
          recurrentDropout: 0,
          weightDropout: 0,
          zoneout: 0,
          layerNormalization: false,
          residual: false,
          resetAfter: true,
        },
      ],
      pieceLength: 'none',
      wide: 'none',
      pooling: 'last',
      dropout: 0,
    });
    expect(config.dataset).toEqual({ name: 'acl-imdb' });
  });

  it.each([
    [
      'conv1d',
      {
        embedding: { units: 128, dropout: 0, wordDropout: 0, ngrams: 1, ngramVectors: 131_072 },
        filters: 250,
        kernelSize: 3,
        dropout: 0,
      },
    ],
    ['averagedEmbedding', { embedding: { units: 10 } }],
    ['bagOfWords', { weighting: 'binary', inverseRegularization: 1 }],
  ])('is filled with the defaults of its own type of model: %s', (type, rest) => {
    const training = type === 'averagedEmbedding' ? 'training: {optimizer: {name: fastText}}' : '';
    const { config } = parseConfig(`model: {type: ${type}}\n${training}`, 'c.yaml');
    expect(config.model).toEqual({ type, ...rest });
  });
});

describe('an already parsed config', () => {
  it('is checked under the name that it is given', () => {
    expect(fillConfig({ model: { layers: [{ cell: 'gru' }] } }, 'run.json').seed).toBe(1);
    expect(() => fillConfig({ model: 3 }, 'run.json')).toThrow(
      'run.json: model is 3. Expected a mapping with the key type: one of recurrent (the default), conv1d, averagedEmbedding, bagOfWords, ensemble.',
    );
  });

  it('stays as it is', () => {
    const value = Object.freeze({
      model: Object.freeze({ layers: Object.freeze([Object.freeze({ cell: 'gru' })]) }),
    });
    expect(fillConfig(value, 'x').training.epochs).toBe(5);
  });
});

describe('overrides', () => {
  const apply = (...overrides: string[]) => parseConfig(`seed: 3\n${model}`, 'c.yaml', { overrides });

  it('go before the file, and are reported', () => {
    const { config, overrides } = apply('training.batchSize=64', 'seed=7', 'model.layers[0].units=5');
    expect(config.training.batchSize).toBe(64);
    expect(config.seed).toBe(7);
    expect(overrides).toEqual([
      { key: 'training.batchSize', from: 32, to: 64 },
      { key: 'seed', from: 3, to: 7 },
      { key: 'model.layers[0].units', from: 128, to: 5 },
    ]);
  });

  it('read their value as YAML and their key with either way of naming a list entry', () => {
    expect(layersOf(apply('model.layers.0.resetAfter=false').config)[0]).toMatchObject({ resetAfter: false });
    expect(apply('training.optimizer.learningRate=1e-4').config.training.optimizer!.learningRate).toBe(
      0.0001,
    );
    expect(layersOf(apply('model.layers=[{cell: gru, units: 2}, {cell: gru}]').config)).toHaveLength(2);
    expect(apply(' seed = 4 ').config.seed).toBe(4);
  });

  it('let the last of two for one key win', () => {
    expect(apply('seed=4', 'seed=5').overrides).toEqual([{ key: 'seed', from: 3, to: 5 }]);
  });

  it('can complete a file that lacks something', () => {
    const { config, overrides } = parseConfig('seed: 1\n', 'c.yaml', {
      overrides: ['model.layers=[{cell: gru}]'],
    });
    expect(config.model).toMatchObject({ embedding: { units: 128 } });
    expect(overrides[0].from).toBeUndefined();
  });

  it.each([
    [
      'training.batchsize=64',
      '--set training.batchsize=64: training.batchsize is not a known key. Did you mean batchSize?',
    ],
    ['batchSize=64', '--set batchSize=64: batchSize is not a known key. Did you mean training.batchSize?'],
    [
      'trainin.batchSize=64',
      '--set trainin.batchSize=64: trainin is not a known key. Did you mean training?',
    ],
    [
      'training.batchSize=many',
      '--set training.batchSize=many: training.batchSize is "many". Expected a whole number above 0.',
    ],
    [
      'training.batchSize=',
      '--set training.batchSize=: training.batchSize is empty. Expected a whole number above 0.',
    ],
    [
      'model.layers[1].units=3',
      '--set model.layers[1].units=3: model.layers is a list, 1 is not one of its entries (model.layers[0]).',
    ],
    [
      'model.layers.units=3',
      '--set model.layers.units=3: model.layers is a list, units is not one of its entries (model.layers[0]).',
    ],
    ['seed.x=3', '--set seed.x=3: seed is 3, it has no key x.'],
    ['seed', '--set seed: this is not key=value.'],
    ['=3', '--set =3: this is not key=value.'],
    ['a..b=3', '--set a..b=3: this is not key=value.'],
    [
      '__proto__.polluted=3',
      '--set __proto__.polluted=3: __proto__ is not a known key. Known keys here: seed, seeds, task, dataset, text, model, training, unknown.',
    ],
    ['seed=[1', /^--set seed=\[1:1: /],
  ])('are refused like the file itself: %s', (override, message) => {
    expect(mistakes(`seed: 3\n${model}`, [override])[0]).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    expect('polluted' in {}).toBe(false);
  });

  it('are not blamed for what is wrong in the file', () => {
    expect(mistakes(`sed: 3\n${model}`, ['traning.epochs=3', 'seed=x'])).toEqual([
      'c.yaml:1: sed is not a known key. Did you mean seed?',
      '--set seed=x: seed is "x". Expected a whole number of at least 0.',
      '--set traning.epochs=3: traning is not a known key. Did you mean training?',
    ]);
  });
});
