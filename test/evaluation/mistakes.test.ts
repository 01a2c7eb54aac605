import { describe, expect, it } from 'vitest';
import type { IdSplit } from '../../src/datasets/split.js';
import { mistakeRecord, mistakesOf } from '../../src/evaluation/mistakes.js';
import { readTexts } from '../../src/evaluation/read-texts.js';
import { openTask } from '../../src/tasks/open-task.js';
import { examples, splitOf } from '../batches/split-of.js';

const task = openTask('classification', ['negative', 'positive']);
const targets = { values: Int32Array.from(examples, ({ target }) => target) };
/** Wrong are examples 1 (0.75), 2 (0.875), 6 (0.75) and 11 (0.625). */
const outputs = Float32Array.of(0.9, 0.75, 0.875, 0.9, 0.1, 0.9, 0.25, 0.1, 0.1, 0.9, 0.9, 0.625);

describe('the mistakes that a model is surest of', () => {
  it('come with their texts, the surest first, of equally sure ones in the order of the split', async () => {
    const split = splitOf(examples);
    const mistakes = await mistakesOf({ outputs, targets }, { task, split, count: 3 });
    expect(mistakes.map(({ example, answer }) => [example, answer.probability])).toEqual([
      [2, 0.875],
      [1, 0.75],
      [6, 0.75],
    ]);
    expect(mistakeRecord(mistakes[0])).toEqual({
      ...{ example: 2, text: examples[2].text, truth: 'negative' },
      ...{ label: 'positive', probability: 0.875, probabilities: { negative: 0.125, positive: 0.875 } },
    });
    expect(mistakes[2]).toMatchObject({ text: examples[6].text, truth: 'positive' });
  });

  it('are all mistakes where more are asked for', async () => {
    const mistakes = await mistakesOf({ outputs, targets }, { task, split: splitOf(examples), count: 100 });
    expect(mistakes.map(({ example }) => example)).toEqual([2, 1, 6, 11]);
  });

  it('are not looked for, and nothing is read, where none is asked for or there is none', async () => {
    const split = splitOf(examples);
    expect(await mistakesOf({ outputs, targets }, { task, split, count: 0 })).toEqual([]);
    const right = Float32Array.from(targets.values);
    expect(await mistakesOf({ outputs: right, targets }, { task, split, count: 5 })).toEqual([]);
    expect(split.reads).toBe(0);
  });

  it('go by the threshold', async () => {
    const decided = openTask('classification', task.labels, {
      decision: { examples: 1, thresholds: [0.89] },
    });
    const mistakes = await mistakesOf(
      { outputs, targets },
      { task: decided, split: splitOf(examples), count: 9 },
    );
    expect(mistakes.map(({ example }) => example)).toEqual([6]);
  });
});

describe('the texts of some examples', () => {
  it('are read no further than the last of them', async () => {
    let portions = 0;
    const split = splitOf(examples, {
      async *read() {
        for (let start = 0; start < examples.length; start += 5) {
          portions++;
          yield examples.slice(start, start + 5);
        }
      },
    });
    expect(await readTexts(split, [6, 0])).toEqual(
      new Map([
        [0, examples[0].text],
        [6, examples[6].text],
      ]),
    );
    expect(portions).toBe(2);
  });

  it('are the words of a split of word ids', async () => {
    const split = {
      ...splitOf([]),
      kind: 'ids',
      read: async () => ({
        ...{ ids: Int32Array.of(1, 2, 0, 2, 2), offsets: Int32Array.of(0, 3, 3, 5) },
        ...{ targets: { values: Int32Array.of(0, 1, 0) }, words: ['<pad>', 'a', 'film'] },
      }),
    } as unknown as IdSplit;
    expect(await readTexts(split, [2, 0, 1])).toEqual(
      new Map([
        [2, 'film film'],
        [0, 'a film <pad>'],
        [1, ''],
      ]),
    );
  });
});
