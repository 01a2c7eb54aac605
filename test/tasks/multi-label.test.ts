import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { targetsOf } from '../../src/batches/targets.js';
import { severalLoss } from '../../src/tasks/multi-label/several-loss.js';
import { openTask } from '../../src/tasks/open-task.js';
import { useCpu } from '../runs/tiny-run.js';

beforeAll(useCpu);

const labels = ['price', 'service', 'taste'];
const task = openTask('multiLabel', labels);
const targets = targetsOf([[0, 2], [], [1]]);
const outputs = Float32Array.of(0.9, 0.2, 0.5, 0.1, 0.4, 0.3, 0.6, 0.75, 0.25);
const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 6 });

describe('the task of several labels', () => {
  it('has a column for each label, of one or two labels, too', () => {
    for (const count of [1, 2, 3]) {
      const { columns, outputText, exclusive } = openTask('multiLabel', labels.slice(0, count));
      expect([columns, outputText, exclusive]).toEqual([count, `Dense ${count} (sigmoid)`, false]);
    }
  });

  it('answers all labels from one half on, with the probability of just these', () => {
    const [both, none, wrong] = [0, 3, 6].map((start) => task.answer(outputs.subarray(start, start + 3)));
    expect(both.summary).toBe('price, taste');
    expect(both.probability).toBeCloseTo(0.9 * 0.8 * 0.5, 6);
    expect(both.record).toMatchObject({ labels: ['price', 'taste'], probabilities: { taste: 0.5 } });
    expect(none.summary).toBe('-');
    expect(none.record.labels).toEqual([]);
    expect(none.probability).toBeCloseTo(0.9 * 0.6 * 0.7, 6);
    expect(wrong.summary).toBe('price, service');
  });

  it('answers a label from its own threshold on', () => {
    const decision = { examples: 9, thresholds: [0.95, 0.2, null] };
    const decided = openTask('multiLabel', labels, { decision });
    expect(decided.answer(Float32Array.of(0.9, 0.19, 0.5)).summary).toBe('taste');
    expect(decided.answer(Float64Array.of(0.95, 0.2, 0.49)).summary).toBe('price, service');
  });

  it('is right where all labels are, and no other', () => {
    expect([...task.correct({ outputs, targets })]).toEqual([1, 1, 0]);
    expect(task.truth([0, 2])).toEqual(['price', 'taste']);
  });

  it('counts what micro F1 is made of, from logits', () => {
    const examples = Int32Array.of(2, 0);
    const counts = task.count([0.1, -1, -2, 3, -4, 0], { targets, examples });
    expect(counts).toEqual({ hits: 2, predicted: 3, support: 3 });
    expect(task.figures(counts, 2)).toEqual({ microF1: 4 / 6 });
    expect(task.validate({ outputs, targets }).microF1).toBeCloseTo(6 / 7, 12);
  });

  it('takes one label for each example as lists of one', () => {
    const single = { outputs, targets: { values: Int32Array.of(0, 1, 1) } };
    const lists = { outputs, targets: targetsOf([[0], [1], [1]]) };
    expect(task.evaluate(single)).toEqual(task.evaluate(lists));
  });

  it('refuses a label that there is not', () => {
    expect(() => task.evaluate({ outputs, targets: targetsOf([[0], [3], []]) })).toThrow(
      'example 1: label 3, expected 0 to 2',
    );
  });

  it('has the same loss for learners in plain arrays as for gradients of batches', () => {
    fc.assert(
      fc.property(logits, fc.nat(), (values, seed) => {
        const names = values.map((_, label) => `${label}`);
        const has = values.flatMap((_, label) => ((seed >> label) % 2 === 1 ? [label] : []));
        const loss = tf.tidy(() => {
          const chosen = { targets: targetsOf([has]), examples: Int32Array.of(0) };
          return openTask('multiLabel', names)
            .loss(tf.tensor2d([values]), chosen)
            .dataSync()[0];
        });
        expect(severalLoss.lossOfColumns(Float64Array.from(values), has)).toBeCloseTo(loss, 4);
      }),
      { numRuns: 50 },
    );
  });

  it('has the numeric gradient of the sum over the labels', () => {
    fc.assert(
      fc.property(logits, fc.nat(), (values, seed) => {
        const has = values.flatMap((_, label) => ((seed >> label) % 2 === 1 ? [label] : []));
        const errors = Float64Array.from(values);
        severalLoss.lossAndErrors(errors, has);
        values.forEach((value, label) => {
          const at = (moved: number) =>
            values.length *
            severalLoss.lossOfColumns(Float64Array.from(values).fill(moved, label, label + 1), has);
          const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
          expect(errors[label]).toBeCloseTo(-slope, 5);
        });
      }),
    );
  });

  it('has a numeric gradient by the logits of a batch', () => {
    const values = [0.3, -1.2, 2, -0.4, 0.9, 0.1, 1.5, -2, 0];
    const chosen = { targets, examples: Int32Array.of(0, 1, 2) };
    const lossAt = (numbers: readonly number[]) =>
      tf.tidy(() => task.loss(tf.tensor2d([...numbers], [3, 3]), chosen).dataSync()[0]);
    const gradient = tf.tidy(() =>
      tf
        .grad((x) => task.loss(x, chosen))(tf.tensor2d(values, [3, 3]))
        .dataSync(),
    );
    values.forEach((value, place) => {
      const step = 2 ** -7;
      const slope =
        (lossAt(values.with(place, value + step)) - lossAt(values.with(place, value - step))) / (2 * step);
      expect(gradient[place]).toBeCloseTo(slope, 4);
    });
  });
});
