import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { describeDropping } from '../../src/reporting/describe-dropping.js';
import { describeModel, nameModel } from '../../src/reporting/describe-model.js';
import { openTask } from '../../src/tasks/open-task.js';

const configOf = (text: object, wide: object | string) =>
  fillConfig({ text, model: { embedding: { units: 6 }, layers: [{ cell: 'gru', units: 5 }], wide } }, 'test');

function described(text: object, wide: object | string): string {
  const task = openTask('classification', ['no', 'yes']);
  const rest = { name: 'run', labels: task.labels, metrics: [], version: '', created: '' };
  return describeModel({
    ...rest,
    config: configOf(text, wide),
    task,
    facts: { knownTokens: 1000 },
  } as never);
}

describe('what is said of a wide and deep model', () => {
  it.each([
    [{ oovBuckets: 7 }, 'none', 'Embedding 1,007 x 6 -> GRU 5 -> Dense 1 (sigmoid)'],
    [
      { oovBuckets: 7, ngrams: 2, ngramBuckets: 500 },
      { weighting: 'binary' },
      'Embedding 1,007 x 6 -> GRU 5 -> beside bag of words (binary) -> Dense 1 (sigmoid)',
    ],
    // How many of the known ids are tokens is not known here.
    [
      { oovBuckets: 7, ngrams: 2 },
      {},
      'Embedding 6 -> GRU 5 -> beside bag of words (naiveBayes) -> Dense 1 (sigmoid)',
    ],
  ])('names both parts: %o, %o', (text, wide, expected) => {
    expect(described(text, wide)).toBe(expected);
  });

  it('tells it from the recurrent part alone, and what is dropped', () => {
    const { model } = configOf({ ngrams: 2 }, { dropout: 0.25 });
    expect(nameModel(model)).toBe('GRU 5, bag of words (naiveBayes)');
    expect(describeDropping(model)).toBe('Dropped in training: 25 % of the features of the bag of words');
    expect(describeDropping(configOf({}, {}).model)).toBeUndefined();
  });
});
