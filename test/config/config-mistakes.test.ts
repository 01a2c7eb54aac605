import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import { UserError } from '../../src/errors/user-error.js';
import { mistakes, model } from './mistakes-of.js';

describe('mistakes in a config text', () => {
  it.each([
    [
      'Adam for averaged embeddings',
      'model:\n  type: averagedEmbedding\n',
      'c.yaml: training.optimizer.name: adam, but a model of type averagedEmbedding is trained with fastText; set training.optimizer.name to fastText.',
    ],
    [
      "fastText's descent for recurrent layers",
      `${model}training:\n  optimizer:\n    name: fastText\n`,
      'c.yaml:6: training.optimizer.name: fastText, but a model of type recurrent is trained by the gradients of batches; set training.optimizer.name to one of adam, adamw, nadam, sgd, rmsprop, adagrad, adadelta, lamb.',
    ],
    [
      'an optimizer for a bag of words',
      'model:\n  type: bagOfWords\ntraining:\n  optimizer:\n    name: fastText\n',
      'c.yaml:5: training.optimizer.name: fastText, but a bagOfWords model has a solver of its own; leave training.optimizer out.',
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
      'c.yaml:1: model.type is "transformer". Use one of: recurrent, conv1d, averagedEmbedding, bagOfWords, ensemble.',
    ],
    [
      'a kind left out',
      `${model}dataset: {seed: 3}\n`,
      'c.yaml:4: dataset.name is missing. Use one of: acl-imdb, sample, keras-imdb, files.',
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
      'c.yaml:4: __proto__ is not a known key. Known keys here: seed, seeds, task, dataset, text, model, training, unknown.',
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
      'c.yaml:4: dataset is empty. Expected a mapping with the key name: one of acl-imdb, sample, keras-imdb, files.',
    ],
    [
      'a list for a mapping',
      `${model}dataset: [1]\n`,
      'c.yaml:4: dataset is a list. Expected a mapping with the key name: one of acl-imdb, sample, keras-imdb, files.',
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
      'c.yaml: model is missing. Expected a mapping with the key type: one of recurrent (the default), conv1d, averagedEmbedding, bagOfWords, ensemble.',
    ],
    [
      'a plain text',
      'gru2\n',
      'c.yaml: the config is "gru2". Expected a mapping with the keys seed, seeds, task, dataset, text, model, training, unknown.',
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
