import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { evaluationRecord } from '../../src/tasks/figure.js';
import { openTask } from '../../src/tasks/open-task.js';
import { tinyLabels, tinyModel, tinyVocabulary, useCpu } from '../runs/tiny-run.js';
import { tinyTask } from '../training/tiny-task.js';

beforeAll(useCpu);

/** What `eval --json` tells of a classifier. */
interface Classified {
  accuracy: number;
  accuracyInterval: [number, number];
  loss: number;
  rocAuc: number;
  confusion: number[][];
  perClass: Record<string, object>;
}

const texts = [
  'good film',
  'bad film',
  'not good',
  'a great film',
  '',
  'boring',
  'the bad',
  'great great',
  'a b c',
];
const labels = [1, 0, 0, 1, 1, 0, 0, 1, 0];
const encoded = {
  ...encodeTexts(texts, tinyVocabulary),
  targets: { values: Int32Array.from(labels) },
};

describe('evaluate', () => {
  it('agrees with figures worked out by hand from the single answers', async () => {
    const model = tinyModel({ seed: 4 });
    const positive = texts.map((_, example) => {
      const ids = [...encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1])];
      const input = tf.tensor2d([ids.length > 0 ? ids : [0]], undefined, 'int32');
      return (model.predict(input) as tf.Tensor).dataSync()[0];
    });
    const count = (label: number, predicted: number) =>
      labels.filter((truth, example) => truth === label && Number(positive[example] > 0.5) === predicted)
        .length;
    const confusion = [0, 1].map((label) => [count(label, 0), count(label, 1)]);
    const losses = labels.map(
      (label, example) => -Math.log(label === 1 ? positive[example] : 1 - positive[example]),
    );
    let ordered = 0;
    for (const one of positive.filter((_, example) => labels[example] === 1)) {
      for (const other of positive.filter((_, example) => labels[example] === 0)) {
        ordered += one > other ? 1 : one === other ? 0.5 : 0;
      }
    }

    const result = await evaluate(model, encoded, { task: tinyTask(), batchSize: 4 });
    expect(result.examples).toBe(9);
    const record = evaluationRecord(result) as unknown as Classified;
    expect(record.confusion).toEqual(confusion);
    expect(record.accuracy).toBe((confusion[0][0] + confusion[1][1]) / 9);
    expect(record.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss) / 9, 12);
    expect(record.rocAuc).toBeCloseTo(ordered / 20, 12);
    expect(Object.keys(record.perClass)).toEqual(tinyLabels);
    expect(record.perClass.positive).toMatchObject({ recall: confusion[1][1] / 4, support: 4 });
    expect(record.perClass.negative).toMatchObject({
      precision: confusion[0][0] / (confusion[0][0] + confusion[1][0] || 1),
      support: 5,
    });
    expect(record.accuracyInterval[0]).toBeLessThan(record.accuracy);
    expect(record.accuracyInterval[1]).toBeGreaterThan(record.accuracy);
    expect(result.examplesPerSecond).toBeCloseTo(9 / result.seconds, 6);
  });

  it('does not depend on the size of the batches', async () => {
    const model = tinyModel();
    const figures = [];
    for (const batchSize of [1, 4, 100]) {
      const { seconds, examplesPerSecond, ...rest } = await evaluate(model, encoded, {
        task: tinyTask(),
        batchSize,
      });
      figures.push(rest);
    }
    expect(figures[1]).toEqual(figures[0]);
    expect(figures[2]).toEqual(figures[0]);
  });

  it('measures more than two labels', async () => {
    const three = ['bad', 'middling', 'good'];
    const result = await evaluate(
      tinyModel({ columns: 3 }),
      { ...encoded, targets: { values: Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2) } },
      { task: openTask('classification', three), batchSize: 4 },
    );
    const { perClass, confusion, rocAuc } = evaluationRecord(result) as unknown as Classified;
    expect(Object.keys(perClass)).toEqual(three);
    expect(confusion.map((row) => row.reduce((sum, count) => sum + count))).toEqual([3, 3, 3]);
    expect(rocAuc).toBeGreaterThanOrEqual(0);
  });
});
