import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelProbabilities } from '../../src/tasks/classification/label-columns.js';
import type { HeadWeights } from '../../src/tasks/head-weights.js';
import { openTask } from '../../src/tasks/open-task.js';

const features = 3;
const names = ['a', 'b', 'c', 'd', 'e'];
const taskOf = (labelCount: number) => openTask('classification', names.slice(0, labelCount));

/** Logits of one text, `[columns]`. */
function logits({ kernel, bias }: HeadWeights, input: readonly number[]): number[] {
  return Array.from(bias, (start, column) =>
    input.reduce((sum, value, row) => sum + value * kernel[row * bias.length + column], start),
  );
}

function probabilities(head: HeadWeights, input: readonly number[], labelCount: number): number[] {
  const values = logits(head, input);
  const exponentials = values.map(Math.exp);
  const sum = exponentials.reduce((total, value) => total + value, 0);
  const outputs =
    labelCount === 2 ? [1 / (1 + Math.exp(-values[0]))] : exponentials.map((value) => value / sum);
  return [...labelProbabilities(outputs, { rows: 1, labelCount })];
}

const number = fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround);
const headOf = (columns: number) =>
  fc.record({
    kernel: fc.array(number, { minLength: features * columns, maxLength: features * columns }),
    bias: fc.array(number, { minLength: columns, maxLength: columns }),
  });

describe('the last layer of a classifier that grows', () => {
  it.each([
    [2, 3],
    [2, 5],
    [3, 4],
    [3, 3],
  ])('keeps the odds of %i labels among %i', (former, now) => {
    const input = fc.array(number, { minLength: features, maxLength: features });
    fc.assert(
      fc.property(headOf(taskOf(former).columns), input, ({ kernel, bias }, text) => {
        const head = { kernel: Float32Array.from(kernel), bias: Float32Array.from(bias) };
        const shares = Array.from({ length: now }, () => 1 / now);
        const grown = taskOf(now).growHead(head, { formerLabels: former, shares });
        expect([grown.kernel.length, grown.bias.length]).toEqual([features * now, now]);
        const before = probabilities(head, text, former);
        const after = probabilities(grown, text, now);
        const kept = after.slice(0, former).reduce((sum, value) => sum + value, 0);
        for (const [label, value] of before.entries()) expect(after[label] / kept).toBeCloseTo(value, 6);
      }),
    );
  });

  it('leaves a layer as it is where no label is new', () => {
    const head = { kernel: Float32Array.of(1, 2, 3), bias: Float32Array.of(4) };
    expect(taskOf(2).growHead(head, { formerLabels: 2, shares: [0.5, 0.5] })).toBe(head);
  });

  it('begins with new labels that are improbable, the more so the rarer they are, yet never impossible', () => {
    const head = { kernel: Float32Array.of(1, 2, 3), bias: Float32Array.of(0.7) };
    const shares = [0.3, 0.3, 0.4, 0.1, 0];
    const grown = taskOf(5).growHead(head, { formerLabels: 2, shares });
    const [, , frequent, rare, absent] = probabilities(grown, [0, 0, 0], 5);
    expect(frequent).toBeLessThanOrEqual(0.4 / 2);
    expect(rare / frequent).toBeCloseTo(0.25, 5);
    expect(absent).toBeGreaterThan(0);
    expect(absent).toBeLessThan(1e-3);
    expect([...grown.kernel].filter((_, place) => place % 5 > 1)).toEqual(new Array(9).fill(0));
  });

  it('answers none of the former two labels otherwise, however frequent the new one is', () => {
    fc.assert(
      fc.property(headOf(1), ({ kernel }) => {
        const head = { kernel: Float32Array.from(kernel), bias: Float32Array.of(0) };
        const grown = taskOf(3).growHead(head, { formerLabels: 2, shares: [0, 0, 1] });
        const [negative, positive, added] = probabilities(grown, [1, -1, 1], 3);
        expect(added).toBeLessThanOrEqual(Math.max(negative, positive) + 1e-7);
      }),
    );
  });

  it('keeps the probabilities of labels that stand beside each other, and gives new ones a sigmoid', () => {
    const head = { kernel: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(-1, 1) };
    const task = openTask('multiLabel', ['a', 'b', 'c']);
    const grown = task.growHead(head, { formerLabels: 2, shares: [0.5, 0.5, 0.2] });
    const [first, second, third] = logits(grown, [1, -1, 2]);
    expect([first, second]).toEqual(logits(head, [1, -1, 2]));
    const probability = 1 / (1 + Math.exp(-third));
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeCloseTo(0.1, 6);
  });
});
