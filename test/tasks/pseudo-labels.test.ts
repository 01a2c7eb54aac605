import { describe, expect, it } from 'vitest';
import { openTask } from '../../src/tasks/open-task.js';

describe('answers as targets', () => {
  it('are the likelier of two labels, and count as much as it is likelier', () => {
    const task = openTask('classification', ['no', 'yes']);
    const { targets, weights } = task.pseudoLabels!([0, 0.25, 0.5, 0.9, 1]);
    expect([...targets]).toEqual([0, 0, 0, 1, 1]);
    [1, 0.5, 0, 0.8, 1].forEach((weight, example) => {
      expect(weights[example]).toBeCloseTo(weight, 6);
    });
  });

  it('are the likeliest of several labels, and count nothing where all are alike', () => {
    const task = openTask('classification', ['a', 'b', 'c']);
    const { targets, weights } = task.pseudoLabels!([1 / 3, 1 / 3, 1 / 3, 0.1, 0.2, 0.7, 0, 1, 0]);
    expect([...targets]).toEqual([0, 2, 1]);
    [0, 0.55, 1].forEach((weight, example) => {
      expect(weights[example]).toBeCloseTo(weight, 6);
    });
  });

  it('go by the temperatures that were chosen', () => {
    const decision = { examples: 9, temperatures: [2] };
    const task = openTask('classification', ['no', 'yes'], { decision });
    const { weights } = task.pseudoLabels!([0.9]);
    // The logit log(9) is halved.
    expect(weights[0]).toBeCloseTo(2 * (3 / 4) - 1, 6);
  });

  it('are none where a text has several labels', () => {
    expect(openTask('multiLabel', ['a', 'b']).pseudoLabels).toBeUndefined();
  });
});
