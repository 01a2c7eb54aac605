import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageOutputs } from '../../src/tasks/average-outputs.js';
import { fitWeights } from '../../src/tasks/fit-weights.js';
import { openTask } from '../../src/tasks/open-task.js';

const task = openTask('classification', ['negative', 'positive']);
const memberOf = (outputs: readonly number[]) => ({ outputs: Float32Array.from(outputs), task });
const targets = { values: Int32Array.of(1, 0, 1, 1, 0, 0) };

/** Log loss of a weighted mean of two members, by its definition. */
function lossOf(one: readonly number[], other: readonly number[], share: number): number {
  const losses = [...targets.values].map((label, at) => {
    const positive = Math.fround(share * Math.fround(one[at]) + (1 - share) * Math.fround(other[at]));
    return -Math.log(label === 1 ? positive : 1 - positive);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const six = fc.array(probability, { minLength: 6, maxLength: 6 });

describe('fitWeights', () => {
  it('finds the best of all shares in tenths for two members', () => {
    fc.assert(
      fc.property(six, six, (one, other) => {
        const fit = fitWeights([memberOf(one), memberOf(other)], { task, targets });
        const losses = Array.from({ length: 11 }, (_, tenth) => lossOf(one, other, tenth / 10));
        expect(fit.loss).toBeCloseTo(Math.min(...losses), 5);
        expect(fit.weights[0] + fit.weights[1]).toBeCloseTo(1, 12);
        expect(fit.ownLosses[0]).toBeCloseTo(losses[10], 5);
        expect(fit.equalLoss).toBeCloseTo(losses[5], 5);
      }),
    );
  });

  it('is never worse than equal weights, or than a member alone, of three', () => {
    fc.assert(
      fc.property(six, six, six, (...all) => {
        const fit = fitWeights(all.map(memberOf), { task, targets });
        expect(fit.loss).toBeLessThanOrEqual(fit.equalLoss);
        for (const own of fit.ownLosses) expect(fit.loss).toBeLessThanOrEqual(own + 1e-9);
        expect(fit.weights.every((weight) => weight >= 0)).toBe(true);
      }),
    );
  });

  it('gives members that say the same equal weights, and one that is always wrong none', () => {
    const good = [0.9, 0.2, 0.8, 0.7, 0.1, 0.3];
    expect(fitWeights([memberOf(good), memberOf(good)], { task, targets }).weights).toEqual([0.5, 0.5]);
    const wrong = good.map((value) => 1 - value);
    expect(fitWeights([memberOf(wrong), memberOf(good)], { task, targets }).weights).toEqual([0, 1]);
  });
});

describe('averageOutputs', () => {
  it('leaves what one run says as it is, and applies the temperatures of several', () => {
    const outputs = Float32Array.of(0.9, 0.25);
    const warm = openTask('classification', ['no', 'yes'], { decision: { examples: 5, temperatures: [2] } });
    expect(averageOutputs([{ outputs, task: warm, weight: 3 }])).toBe(outputs);
    const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
    const calibrated = [...outputs].map((value) => sigmoid(Math.log(value / (1 - value)) / 2));
    const got = averageOutputs([
      { outputs, task: warm, weight: 3 },
      { outputs, task, weight: 1 },
    ]);
    got.forEach((value, at) => {
      expect(value).toBeCloseTo(0.75 * calibrated[at] + 0.25 * outputs[at], 6);
    });
  });

  it('refuses members that give other numbers of probabilities', () => {
    const members = [Float32Array.of(0.5), Float32Array.of(0.5, 0.5)];
    expect(() => averageOutputs(members.map((outputs) => ({ outputs, task, weight: 1 })))).toThrow(
      'other numbers of probabilities',
    );
  });
});
