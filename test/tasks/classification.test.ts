import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bestLabel,
  isOfColumn,
  labelColumns,
  labelProbabilities,
} from '../../src/tasks/classification/label-columns.js';
import { figureOf } from '../../src/tasks/figure.js';
import { openTask } from '../../src/tasks/open-task.js';
import { useCpu } from '../runs/tiny-run.js';

beforeAll(useCpu);

const names = (count: number) => Array.from({ length: count }, (_, label) => `label ${label}`);
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

describe('columns of labels', () => {
  it('are one for two labels and one each for more', () => {
    expect(labelColumns(2)).toEqual({ columns: 1, activation: 'sigmoid' });
    expect(labelColumns(3)).toEqual({ columns: 3, activation: 'softmax' });
    expect(labelColumns(1)).toEqual({ columns: 1, activation: 'softmax' });
  });

  it('give probabilities of every label, the one column being label 1', () => {
    expect([...labelProbabilities([0.25, 1], { rows: 2, labelCount: 2 })]).toEqual([0.75, 0.25, 0, 1]);
    const three = [0.2, 0.3, 0.5];
    expect([...labelProbabilities(three, { rows: 1, labelCount: 3 })]).toEqual(three);
    // A model from elsewhere that ends in a softmax of two.
    expect([...labelProbabilities([0.4, 0.6], { rows: 1, labelCount: 2 })]).toEqual([0.4, 0.6]);
    expect(() => labelProbabilities([1, 2, 3], { rows: 2, labelCount: 2 })).toThrow(
      '3 outputs do not make 2 rows',
    );
  });

  it('name the label that its own probability names', () => {
    const logit = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.array(logit, { minLength: 3, maxLength: 6 }), (logits) => {
        const best = bestLabel(logits, logits.length);
        expect(logits[best]).toBe(Math.max(...logits));
        expect(logits.indexOf(logits[best])).toBe(best);
        expect(bestLabel(logits.slice(0, 1), 2)).toBe(logits[0] > 0 ? 1 : 0);
        expect([0, 1].map((label) => isOfColumn(label, 0, 2))).toEqual([false, true]);
      }),
    );
  });
});

describe('classification', () => {
  it.each([2, 3, 5])('counts, per step, what the evaluation calls right, with %i labels', (labelCount) => {
    const task = openTask('classification', names(labelCount));
    const logits = Float32Array.from({ length: 40 * task.columns }, (_, place) => Math.sin(place * 7.3));
    const values = Int32Array.from({ length: 40 }, (_, example) => (example * 5 + 1) % labelCount);
    const examples = Int32Array.from(values, (_, example) => example);
    const { correct } = task.count(logits, { targets: { values }, examples });
    const outputs = Float32Array.from(logits, task.columns === 1 ? sigmoid : Math.exp);
    if (task.columns > 1) {
      for (let row = 0; row < 40; row++) {
        const ofRow = outputs.subarray(row * task.columns, (row + 1) * task.columns);
        const sum = ofRow.reduce((total, value) => total + value, 0);
        ofRow.forEach((value, column) => {
          ofRow[column] = value / sum;
        });
      }
    }
    const answers = { outputs, targets: { values } };
    expect(task.correct(answers).reduce((sum, right) => sum + right, 0)).toBe(correct);
    expect(task.figures({ correct }, 40)).toEqual({ accuracy: correct / 40 });
    expect(figureOf(task.evaluate(answers), 'accuracy')).toBe(correct / 40);
    expect(task.validate(answers).accuracy).toBe(correct / 40);
    const each = [...examples].map((example) =>
      task.answer(outputs.subarray(example * task.columns, (example + 1) * task.columns)),
    );
    const right = each.filter(({ record }, example) => record.label === task.labels[values[example]]);
    expect(right).toHaveLength(correct);
  });

  it('reads the targets of the chosen examples alone, in their order', () => {
    const task = openTask('classification', names(3));
    const values = Int32Array.of(2, 0, 1, 2);
    const examples = Int32Array.of(3, 1);
    const logits = tf.tensor2d([
      [0, 0, 9],
      [9, 0, 0],
    ]);
    const loss = task.loss(logits, { targets: { values }, examples });
    expect(loss.dataSync()[0]).toBeCloseTo(Math.log(1 + 2 * Math.exp(-9)), 6);
    expect(task.count(logits.dataSync<'float32'>(), { targets: { values }, examples })).toEqual({
      correct: 2,
    });
  });

  it('gives an evaluation whose tables agree with its figures', () => {
    const task = openTask('classification', names(3));
    const outputs = Float32Array.from([0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.3, 0.4, 0.3, 0.1, 0.1, 0.8]);
    const { figures, tables, details } = task.evaluate({
      outputs,
      targets: { values: Int32Array.of(0, 1, 2, 2) },
    });
    expect(figures.map(({ name }) => name)[0]).toBe('accuracy');
    const confusion = tables.find(({ kind }) => kind === 'confusion')!;
    expect(confusion.rows.map(({ values }) => values)).toEqual(details.confusion);
    expect(details.confusion).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
    ]);
  });
});
