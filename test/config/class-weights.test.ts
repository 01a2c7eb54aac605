import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import { mistakes, model } from './mistakes-of.js';

const expected = 'Expected one of: none, balanced, or a mapping of names to a number above 0.';

describe('training.classWeights and training.labelSmoothing', () => {
  it('are none and 0 where nothing is said', () => {
    const { training } = parseConfig(model, 'c.yaml').config;
    expect(training).toMatchObject({ classWeights: 'none', labelSmoothing: 0 });
  });

  it('are set as a word, a mapping, or label by label on the command line', () => {
    const file = `${model}training:\n  classWeights: {negative: 2, very bad: 0.5}\n`;
    const { config } = parseConfig(file, 'c.yaml');
    expect(config.training.classWeights).toEqual({ negative: 2, 'very bad': 0.5 });
    const overrides = ['training.classWeights.positive=3', 'training.labelSmoothing=0.1'];
    const changed = parseConfig(file, 'c.yaml', { overrides });
    expect(changed.config.training.classWeights).toEqual({ negative: 2, 'very bad': 0.5, positive: 3 });
    expect(changed.overrides[1]).toEqual({ key: 'training.labelSmoothing', from: 0, to: 0.1 });
  });

  it.each([
    ['classWeights: balancd', `c.yaml:5: training.classWeights is "balancd". ${expected}`],
    ['classWeights: [1]', `c.yaml:5: training.classWeights is a list. ${expected}`],
    ['classWeights: {bad: 0}', 'c.yaml:5: training.classWeights.bad is 0. Expected a number above 0.'],
    ['classWeights: {bad: "2", good: 1}', `c.yaml:5: training.classWeights is a mapping. ${expected}`],
    ['classWeigths: none', 'c.yaml:5: training.classWeigths is not a known key. Did you mean classWeights?'],
    [
      'labelSmoothing: 1',
      'c.yaml:5: training.labelSmoothing is 1. Expected a number of at least 0 and below 1.',
    ],
  ])('are refused with their place where they make no sense: %s', (line, message) => {
    expect(mistakes(`${model}training:\n  ${line}\n`)).toEqual([message]);
  });

  it('do not smooth the labels of a bag of words', () => {
    const bag = 'model:\n  type: bagOfWords\ntraining:\n  labelSmoothing: 0.1\n';
    expect(mistakes(bag)).toEqual([
      'c.yaml:4: training.labelSmoothing: 0.1, but a bagOfWords model is solved for whole labels; set training.labelSmoothing to 0.',
    ]);
  });
});
