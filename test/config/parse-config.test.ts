import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLayers } from '../../src/config/check-layers.js';
import { checkOptimizer } from '../../src/config/check-optimizer.js';
import { checkText } from '../../src/config/check-text.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { parseConfig } from '../../src/config/parse-config.js';
import type { Config, RecurrentLayerConfig, RecurrentModelConfig } from '../../src/config/schema.js';
import { serializeConfig } from '../../src/config/serialize-config.js';
import { UserError } from '../../src/errors/user-error.js';

const model = 'model:\n  layers:\n    - cell: gru\n';

/** The message's lines of the error that a config text gives. */
function mistakes(text: string, overrides: readonly string[] = []): string[] {
  try {
    parseConfig(text, 'c.yaml', { overrides });
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  throw new Error('no mistake was found');
}

const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((value) => value + 0);
const rate = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
const whole = fc.nat();
const wholeOrNull = fc.option(whole);
const dataset: fc.Arbitrary<Config['dataset']> = fc.oneof(
  fc.record({ name: fc.constantFrom('acl-imdb', 'sample') }),
  fc.record(
    {
      name: fc.constant('keras-imdb' as const),
      path: fc.string(),
      numWords: fc.option(positive),
      skipTop: whole,
      maxLength: fc.option(positive),
      seed: whole,
      startChar: wholeOrNull,
      oovChar: wholeOrNull,
      indexFrom: whole,
    },
    {
      requiredKeys: ['name', 'numWords', 'skipTop', 'maxLength', 'seed', 'startChar', 'oovChar', 'indexFrom'],
    },
  ),
);
const recurrentKeys = {
  units: positive,
  bidirectional: fc.constantFrom(
    false as const,
    'concat' as const,
    'sum' as const,
    'average' as const,
    'multiply' as const,
  ),
  dropout: fraction,
  recurrentDropout: fraction,
  layerNormalization: fc.boolean(),
  residual: fc.boolean(),
};
const recurrentLayer: fc.Arbitrary<RecurrentLayerConfig> = fc.oneof(
  fc.record({ cell: fc.constant('gru' as const), ...recurrentKeys, resetAfter: fc.boolean() }),
  fc.record({ cell: fc.constant('lstm' as const), ...recurrentKeys }),
  fc.record({
    cell: fc.constant('simpleRnn' as const),
    ...recurrentKeys,
    activation: fc.constantFrom('tanh', 'relu'),
  }),
);
const embedding = fc.record({ units: positive, dropout: fraction });
const models: fc.Arbitrary<Config['model']> = fc.oneof(
  fc.record({
    type: fc.constant('recurrent' as const),
    embedding,
    layers: fc.array(recurrentLayer, { minLength: 1 }),
    pooling: fc.constantFrom('last', 'mean', 'max', 'attention', 'lastMaxMean'),
    dropout: fraction,
  }),
  fc.record({
    type: fc.constant('conv1d' as const),
    embedding,
    filters: positive,
    kernelSize: positive,
    dropout: fraction,
  }),
  fc.record({
    type: fc.constant('averagedEmbedding' as const),
    embedding: fc.record({ units: positive }),
  }),
  fc.record({
    type: fc.constant('bagOfWords' as const),
    weighting: fc.constantFrom('counts', 'binary', 'tfIdf', 'naiveBayes'),
    inverseRegularization: rate,
  }),
);
const configs: fc.Arbitrary<Config> = fc.record({
  seed: fc.nat(),
  dataset,
  text: fc.record({
    maxLength: positive,
    lengthUnit: fc.constantFrom('characters', 'bytes', 'tokens'),
    keep: fc.constantFrom('start', 'end', 'both'),
    plain: fc.boolean(),
    normalize: fc.constantFrom('none', 'NFC', 'NFKC'),
    accents: fc.constantFrom('keep', 'remove'),
    digits: fc.constantFrom('keep', 'drop', 'zero'),
    tokenizer: fc.constantFrom('letters', 'punctuation', 'keras', 'words', 'characters', 'subwords'),
    letters: fc.constantFrom('ascii', 'unicode'),
    language: fc.constantFrom('und', 'ja', 'pt-BR'),
    lowercase: fc.boolean(),
    vocabularySize: positive.filter((size) => size >= 2),
    minimumCount: positive,
    oovBuckets: whole,
    ngrams: fc.integer({ min: 1, max: 5 }),
    ngramBuckets: whole,
  }),
  model: models,
  training: fc.record({
    epochs: positive,
    batchSize: positive,
    validationSplit: fraction,
    optimizer: fc.oneof(
      fc.record({
        name: fc.constant('adam' as const),
        learningRate: rate,
        beta1: fraction,
        beta2: fraction,
        epsilon: rate,
      }),
      fc.record({ name: fc.constant('sgd' as const), learningRate: rate }),
    ),
  }),
});

/** The config, its settings changed where they contradict each other. */
function reconciled(config: Config): Config {
  const { model, training, text } = config;
  const plainText: Partial<Config['text']> = {
    ...{
      lengthUnit: 'tokens',
      tokenizer: 'letters',
      digits: 'keep',
      language: 'und',
      minimumCount: 1,
      ngrams: 1,
      ngramBuckets: 0,
    },
  };
  const noResidual = (layers: readonly RecurrentLayerConfig[]) =>
    layers.map((layer) => ({ ...layer, residual: false }));
  const sgd = { name: 'sgd', learningRate: training.optimizer.learningRate } as const;
  const adam = { ...sgd, name: 'adam', beta1: 0.5, beta2: 0.5, epsilon: 1 } as const;
  return {
    ...config,
    text: checkText(config).length > 0 ? { ...text, ...plainText } : text,
    model:
      model.type === 'recurrent' && checkLayers(model).length > 0
        ? { ...model, layers: noResidual(model.layers) }
        : model,
    training:
      checkOptimizer(model.type, training.optimizer).length > 0
        ? { ...training, optimizer: training.optimizer.name === 'sgd' ? adam : sgd }
        : training,
  };
}

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
      embedding: { units: 128, dropout: 0 },
      layers: [
        {
          cell: 'gru',
          units: 128,
          bidirectional: false,
          dropout: 0,
          recurrentDropout: 0,
          layerNormalization: false,
          residual: false,
          resetAfter: true,
        },
      ],
      pooling: 'last',
      dropout: 0,
    });
    expect(config.dataset).toEqual({ name: 'acl-imdb' });
  });

  it.each([
    ['conv1d', { embedding: { units: 128, dropout: 0 }, filters: 250, kernelSize: 3, dropout: 0 }],
    ['averagedEmbedding', { embedding: { units: 10 } }],
    ['bagOfWords', { weighting: 'binary', inverseRegularization: 1 }],
  ])('is filled with the defaults of its own type of model: %s', (type, rest) => {
    const training = type === 'averagedEmbedding' ? 'training: {optimizer: {name: sgd}}' : '';
    const { config } = parseConfig(`model: {type: ${type}}\n${training}`, 'c.yaml');
    expect(config.model).toEqual({ type, ...rest });
  });
});

describe('mistakes in a config text', () => {
  it.each([
    [
      'Adam for averaged embeddings',
      'model:\n  type: averagedEmbedding\n',
      'c.yaml: training.optimizer.name: adam, but a model of type averagedEmbedding is trained with sgd; set training.optimizer.name to sgd.',
    ],
    [
      "fastText's descent for recurrent layers",
      `${model}training:\n  optimizer:\n    name: sgd\n`,
      'c.yaml:6: training.optimizer.name: sgd, but a model of type recurrent is trained with adam; set training.optimizer.name to adam.',
    ],
    [
      'an optimizer for a bag of words',
      'model:\n  type: bagOfWords\ntraining:\n  optimizer:\n    name: sgd\n',
      'c.yaml:5: training.optimizer.name: sgd, but a bagOfWords model has a solver of its own; leave training.optimizer out.',
    ],
    [
      'an unknown value',
      `seed: 1\nmodel:\n  layers:\n    - cell: gru\n    - cell: gruu\n`,
      'c.yaml:5: model.layers[1].cell is "gruu". Use one of: gru, lstm, simpleRnn. Did you mean gru?',
    ],
    [
      'a mistyped value',
      `${model}text:\n  lengthUnit: byte\n`,
      'c.yaml:5: text.lengthUnit is "byte". Use one of: characters, bytes, tokens. Did you mean bytes?',
    ],
    [
      'a mistyped key',
      `${model}training:\n  batchsize: 3\n`,
      'c.yaml:5: training.batchsize is not a known key. Did you mean batchSize?',
    ],
    [
      'a key in the wrong place',
      `${model}learningRate: 3\n`,
      'c.yaml:4: learningRate is not a known key. Did you mean training.optimizer.learningRate?',
    ],
    [
      'a key in the wrong place of a list',
      `${model}cell: gru\n`,
      'c.yaml:4: cell is not a known key. Did you mean model.layers[0].cell?',
    ],
    [
      'a key like no other',
      `${model}text:\n  hovercraft: 3\n`,
      /^c\.yaml:5: text\.hovercraft is not a known key\. Known keys here: maxLength, .*, ngramBuckets\.$/,
    ],
    [
      'a key like no other of the kind that was chosen',
      `${model}dataset:\n  name: sample\n  hovercraft: 3\n`,
      'c.yaml:6: dataset.hovercraft is not a known key. Known keys of name sample: name.',
    ],
    [
      'a key of another data set',
      `${model}dataset:\n  name: sample\n  numWords: 3\n`,
      'c.yaml:6: dataset.numWords is not a key of name sample. It belongs to name keras-imdb.',
    ],
    [
      'a key of another cell',
      'model:\n  layers:\n    - cell: lstm\n      resetAfter: true\n',
      'c.yaml:4: model.layers[0].resetAfter is not a key of cell lstm. It belongs to cell gru.',
    ],
    [
      'a key of other types of model',
      'model:\n  type: bagOfWords\n  embedding: {units: 3}\n',
      'c.yaml:3: model.embedding is not a key of type bagOfWords. It belongs to type recurrent, conv1d, averagedEmbedding.',
    ],
    [
      'a key of another type than the one that is meant where none is given',
      `${model}  kernelSize: 3\n`,
      'c.yaml:4: model.kernelSize is not a key of type recurrent. It belongs to type conv1d.',
    ],
    [
      'a mistyped key of a kind',
      'model:\n  layers:\n    - cell: gru\n      reset_after: true\n',
      'c.yaml:4: model.layers[0].reset_after is not a known key. Did you mean resetAfter?',
    ],
    [
      'an unknown kind',
      'model: {type: transformer}\n',
      'c.yaml:1: model.type is "transformer". Use one of: recurrent, conv1d, averagedEmbedding, bagOfWords.',
    ],
    [
      'a kind left out',
      `${model}dataset: {seed: 3}\n`,
      'c.yaml:4: dataset.name is missing. Use one of: acl-imdb, sample, keras-imdb.',
    ],
    [
      'what may be a number or nothing',
      `${model}dataset: {name: keras-imdb, numWords: all}\n`,
      'c.yaml:4: dataset.numWords is "all". Expected a whole number above 0, or null.',
    ],
    [
      'what is a choice of words or false',
      'model:\n  layers:\n    - cell: gru\n      bidirectional: true\n',
      'c.yaml:4: model.layers[0].bidirectional is true. Use one of: false, concat, sum, average, multiply.',
    ],
    [
      'a prototype key',
      `${model}__proto__:\n  seed: 3\n`,
      'c.yaml:4: __proto__ is not a known key. Known keys here: seed, dataset, text, model, training.',
    ],
    [
      'a text for a number',
      `${model}seed: one\n`,
      'c.yaml:4: seed is "one". Expected a whole number of at least 0.',
    ],
    [
      'a fraction for a whole number',
      `${model}training: {epochs: 1.5}\n`,
      'c.yaml:4: training.epochs is 1.5. Expected a whole number above 0.',
    ],
    [
      'a number that is too small',
      `${model}training: {epochs: 0}\n`,
      'c.yaml:4: training.epochs is 0. Expected a whole number above 0.',
    ],
    [
      'a number that is too large',
      `${model}training: {validationSplit: 1}\n`,
      'c.yaml:4: training.validationSplit is 1. Expected a number of at least 0 and below 1.',
    ],
    [
      'a minimum above another',
      `${model}text: {vocabularySize: 1}\n`,
      'c.yaml:4: text.vocabularySize is 1. Expected a whole number of at least 2.',
    ],
    [
      'infinity',
      `${model}training: {optimizer: {learningRate: .inf}}\n`,
      'c.yaml:4: training.optimizer.learningRate is Infinity. Expected a number above 0.',
    ],
    [
      'a text for true or false',
      'model:\n  layers:\n    - cell: gru\n      resetAfter: yes\n',
      'c.yaml:4: model.layers[0].resetAfter is "yes". Expected true or false.',
    ],
    [
      'a key without a value',
      `${model}dataset:\n`,
      'c.yaml:4: dataset is empty. Expected a mapping with the key name: one of acl-imdb, sample, keras-imdb.',
    ],
    [
      'a list for a mapping',
      `${model}dataset: [1]\n`,
      'c.yaml:4: dataset is a list. Expected a mapping with the key name: one of acl-imdb, sample, keras-imdb.',
    ],
    [
      'a mapping for a list',
      'model:\n  layers: {cell: gru}\n',
      'c.yaml:2: model.layers is a mapping. Expected a list with at least one entry.',
    ],
    [
      'an empty list',
      'model:\n  layers: []\n',
      'c.yaml:2: model.layers is an empty list. Expected a list with at least one entry.',
    ],
    [
      'a missing key',
      'seed: 1\nmodel:\n  embedding: {units: 3}\n',
      'c.yaml:2: model.layers is missing. Expected a list with at least one entry.',
    ],
    [
      'a missing section',
      'seed: 1\n',
      'c.yaml: model is missing. Expected a mapping with the key type: one of recurrent (the default), conv1d, averagedEmbedding, bagOfWords.',
    ],
    [
      'a plain text',
      'gru2\n',
      'c.yaml: the config is "gru2". Expected a mapping with the keys seed, dataset, text, model, training.',
    ],
    ['an empty file', '', 'c.yaml is empty.'],
    ['a file of comments', '# nothing\n', 'c.yaml is empty.'],
    [
      'a doubled key',
      `seed: 1\n${model}seed: 2\n`,
      'c.yaml:5: this key stands here twice. Remove one of them.',
    ],
    [
      'a second document',
      `${model}---\nseed: 1\n`,
      'c.yaml:4: a second YAML document begins here. One file holds one config.',
    ],
    ['a tag', `${model}seed: !secret 3\n`, 'c.yaml:4: YAML tags (!name) are not allowed here.'],
    ['an unknown alias', `${model}seed: *a\n`, /^c\.yaml: Unresolved alias.* a\.$/],
    ['broken YAML', `${model}seed: [1, 2\n`, /^c\.yaml:\d: .*\.$/],
    ['tabs', 'model:\n\tlayers: 3\n', /^c\.yaml:2: Tabs are not allowed as indentation\.$/],
  ])('says where %s is and what to do', (_name, text, message) => {
    const [first, ...others] = mistakes(text);
    expect(first).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(others.length).toBeLessThanOrEqual(typeof message === 'string' ? 0 : 1);
  });

  it('are all told at once, in the order of the file', () => {
    expect(
      mistakes('training:\n  epoch: 3\n  batchSize: x\nsed: 3\nmodel:\n  layers:\n    - cel: gru\n'),
    ).toEqual([
      'c.yaml:2: training.epoch is not a known key. Did you mean epochs?',
      'c.yaml:3: training.batchSize is "x". Expected a whole number above 0.',
      'c.yaml:4: sed is not a known key. Did you mean seed?',
      'c.yaml:7: model.layers[0].cell is missing. Use one of: gru, lstm, simpleRnn.',
      'c.yaml:7: model.layers[0].cel is not a known key. Did you mean cell?',
    ]);
  });

  it('do not let a few lines of aliases fill the memory', () => {
    const levels = 'bcdefghij'
      .split('')
      .map(
        (name, level) =>
          `${name}: &${name} [${`*${'abcdefghij'[level]}, `.repeat(9)}*${'abcdefghij'[level]}]`,
      );
    expect(mistakes(`a: &a [1, 2]\n${levels.join('\n')}\n`)).toEqual([
      'c.yaml: aliases (*name) multiply its content; at most 100 repetitions are allowed.',
    ]);
  });

  it('never end in anything but a UserError, whatever the file holds', () => {
    const yaml = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(fc.constantFrom(...'abm:-{}[]&*!#"\n\t ,0')).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(yaml, (text) => {
        try {
          parseConfig(text, 'c.yaml');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an already parsed config', () => {
  it('is checked under the name that it is given', () => {
    expect(fillConfig({ model: { layers: [{ cell: 'gru' }] } }, 'run.json').seed).toBe(1);
    expect(() => fillConfig({ model: 3 }, 'run.json')).toThrow(
      'run.json: model is 3. Expected a mapping with the key type: one of recurrent (the default), conv1d, averagedEmbedding, bagOfWords.',
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
    expect(apply('training.optimizer.learningRate=1e-4').config.training.optimizer.learningRate).toBe(0.0001);
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
      '--set __proto__.polluted=3: __proto__ is not a known key. Known keys here: seed, dataset, text, model, training.',
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
