import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { mistakes, model } from './mistakes-of.js';

const settings: [string, string][] = [
  ['accumulate', '4'],
  ['clip', '{norm: 1}'],
  ['l2', '0.001'],
  ['maxNorm', '2'],
  ['average', '{name: exponential}'],
  ['steps', '100'],
  ['batchTokens', '4000'],
  ['schedule', '{name: cosine}'],
];

describe('what happens around an update', () => {
  it('is nothing where a config does not say so', () => {
    const { training } = fillConfig({ model: { layers: [{ cell: 'gru' }] } }, 'test');
    expect(training).toMatchObject({ accumulate: 1, clip: 'none', l2: 0, maxNorm: 'none', average: 'none' });
  });

  it('has defaults of its own where it is asked for', () => {
    const filled = (training: object) =>
      fillConfig({ model: { layers: [{ cell: 'gru' }] }, training }, 'test').training;
    expect(filled({ average: { name: 'exponential' } }).average).toEqual({
      name: 'exponential',
      decay: 0.999,
      biasCorrection: true,
    });
    expect(filled({ average: { name: 'stochastic' } }).average).toEqual({
      name: 'stochastic',
      from: 0.75,
      every: 'step',
    });
    expect(filled({ l2: { factor: 0.1 } }).l2).toEqual({ factor: 0.1, weights: 'kernels' });
  });

  it.each(settings)('is refused for models that do not learn by gradients of batches: %s', (key, value) => {
    for (const [type, learner] of [
      [
        'averagedEmbedding',
        "is trained with fastText's descent, an example at a time, not by the gradients of batches",
      ],
      ['bagOfWords', 'has a solver of its own, which knows no gradients of batches and nears one optimum'],
    ]) {
      const name = type === 'averagedEmbedding' ? '  optimizer: {name: fastText}\n' : '';
      expect(mistakes(`model:\n  type: ${type}\ntraining:\n  ${key}: ${value}\n${name}`)).toEqual([
        `c.yaml:4: training.${key}: is set, but a model of type ${type} ${learner}; leave training.${key} out.`,
      ]);
    }
  });

  it.each([
    ['clip: {norm: 0}', 'c.yaml:5: training.clip.norm is 0. Expected a number above 0.'],
    [
      'clip: {norm: 1, value: 1}',
      'c.yaml:5: training.clip is a mapping. Expected one of: none, or a mapping with the keys norm, or a mapping with the keys value.',
    ],
    ['accumulate: 0', 'c.yaml:5: training.accumulate is 0. Expected a whole number above 0.'],
    ['maxNorm: -1', 'c.yaml:5: training.maxNorm is -1. Expected one of: none, or a number above 0.'],
    [
      'average: {name: exponential, decay: 1}',
      'c.yaml:5: training.average.decay is 1. Expected a number of at least 0 and below 1.',
    ],
    [
      'average: {name: exponential, from: 0.5}',
      'c.yaml:5: training.average.from is not a key of name exponential. It belongs to name stochastic.',
    ],
    [
      'average: {name: polyak}',
      'c.yaml:5: training.average.name is "polyak". Use one of: exponential, stochastic.',
    ],
    [
      'average: {decay: 0.5}',
      'c.yaml:5: training.average.name is missing. Use one of: exponential, stochastic.',
    ],
    [
      'average: often',
      'c.yaml:5: training.average is "often". Expected one of: none, or a mapping with the key name: one of exponential, stochastic.',
    ],
    [
      'optimizer: {name: sgd, nesterov: true}',
      'c.yaml:5: training.optimizer.nesterov: true, but there is no momentum to look ahead by; set training.optimizer.momentum, such as to 0.9.',
    ],
  ])('has limits: %s', (text, message) => {
    expect(mistakes(`${model}training:\n  ${text}\n`)).toEqual([message]);
  });
});
