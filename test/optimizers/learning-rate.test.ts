import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LearningRateSchedule, rateAt } from '../../src/optimizers/learning-rate.js';

const constant: LearningRateSchedule = { name: 'constant' };
const linear: LearningRateSchedule = { name: 'linear' };

describe('the learning rate', () => {
  it('stays what it is where it is constant', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.double({ min: 1e-9, max: 10 }), (step, more, base) => {
        expect(rateAt(constant, { step, totalSteps: step + more, base })).toBe(base);
      }),
    );
  });

  it.each([
    [0, 0.25],
    [1, 0.1875],
    [2, 0.125],
    [3, 0.0625],
    [4, 0],
  ])('falls evenly to 0 where it is linear: after %i of 4 steps it is %f', (step, rate) => {
    expect(rateAt(linear, { step, totalSteps: 4, base: 0.25 })).toBe(rate);
  });

  it('never rises and never passes 0 where it is linear', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (totalSteps, place) => {
        const step = place % totalSteps;
        const now = rateAt(linear, { step, totalSteps, base: 0.1 });
        expect(now).toBeGreaterThan(0);
        expect(rateAt(linear, { step: step + 1, totalSteps, base: 0.1 })).toBeLessThanOrEqual(now);
      }),
    );
  });
});
