import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constantRate,
  type LearningRateSchedule,
  rateAt,
  scheduleSettings,
} from '../../src/optimizers/learning-rate.js';
import { readSchedules } from '../golden/read-schedules.js';

const linear = filled({ name: 'linear' });
const golden = readSchedules();
const totalSteps = golden.steps;
const places = Array.from({ length: totalSteps }, (_, step) => step);

function filled(settings: object): LearningRateSchedule {
  return scheduleSettings.parse(settings);
}

/** Keras and PyTorch compute some of them in float32. */
function expectClose(rates: readonly number[], expected: readonly number[]): void {
  expect(rates).toHaveLength(expected.length);
  rates.forEach((rate, step) => {
    expect(Math.abs(rate - expected[step])).toBeLessThanOrEqual(1e-6 * Math.abs(expected[step]) + 1e-9);
  });
}

describe('the learning rate', () => {
  it('stays what it is where it is constant', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.double({ min: 1e-9, max: 10 }), (step, more, base) => {
        expect(rateAt(constantRate, { step, totalSteps: step + more, base })).toBe(base);
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

  it.each(golden.linear)('falls as PolynomialDecay of Keras does: to $final', ({ base, final, rates }) => {
    const schedule = filled({ name: 'linear', final });
    expectClose(
      places.map((step) => rateAt(schedule, { step, totalSteps, base })),
      rates,
    );
  });

  it.each(golden.cosine)(
    'falls as CosineDecay of Keras does: to $final after a warm-up of $warmupSteps steps',
    (one) => {
      const { base, final, warmupSteps, rates } = one;
      const schedule = filled({ name: 'cosine', final, warmupSteps });
      expectClose(
        places.map((step) => rateAt(schedule, { step, totalSteps, base })),
        rates,
      );
    },
  );

  it.each(golden.exponential)('falls as ExponentialDecay of Keras does: to $decay in an epoch', (one) => {
    const { base, decay, epochSteps, rates } = one;
    const schedule = filled({ name: 'exponential', decay });
    expectClose(
      places.map((step) => rateAt(schedule, { step, totalSteps, epochSteps, base })),
      rates,
    );
  });

  it.each(golden.oneCycle)(
    'rises and falls as OneCycleLR of PyTorch does: for $rise of the steps it rises',
    (one) => {
      const { base, rates, ...settings } = one;
      const schedule = filled({ name: 'oneCycle', ...settings });
      expectClose(
        places.map((step) => rateAt(schedule, { step, totalSteps, base })),
        rates,
      );
    },
  );

  it.each(golden.plateau.cases)(
    'falls where ReduceLROnPlateau of Keras lets it fall: patience $patience, $minDelta better, cooldown $cooldown',
    ({ history, rates, ...waiting }) => {
      const { base, factor, minimum } = golden.plateau;
      const schedule = filled({ name: 'reduceOnPlateau', factor, minimum, ...waiting });
      const seen = history.map((_, place) =>
        rateAt(schedule, { step: place, totalSteps, base, history: history.slice(0, place + 1) }),
      );
      expectClose(seen, rates);
    },
  );

  it('rises evenly in a warm-up, from the first step on, whatever follows', () => {
    for (const name of ['constant', 'linear', 'cosine', 'exponential', 'reduceOnPlateau']) {
      const schedule = filled({ name, warmupSteps: 4 });
      const rates = [0, 1, 2, 3, 4].map((step) => rateAt(schedule, { step, totalSteps, base: 0.5 }));
      expect(rates).toEqual([0.125, 0.25, 0.375, 0.5, 0.5]);
    }
  });

  it('is a rate of 0 or more at every step of every schedule, also where the warm-up is longer than the training', () => {
    const names = ['constant', 'linear', 'cosine', 'oneCycle', 'exponential', 'reduceOnPlateau'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        ...([fc.integer({ min: 1, max: 500 }), fc.nat(), fc.nat({ max: 600 })] as const),
        (name, totalSteps, place, warmupSteps) => {
          const schedule = filled({ name, ...(name !== 'oneCycle' && { warmupSteps }) });
          const rate = rateAt(schedule, { step: place % totalSteps, totalSteps, epochSteps: 7, base: 0.1 });
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(0.1 * (1 + 1e-12));
        },
      ),
    );
  });
});
