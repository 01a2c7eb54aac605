import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTemperature, fitTemperatures } from '../../src/metrics/fit-temperature.js';
import { logLoss } from '../../src/metrics/log-loss.js';
import { temperatureLoss } from '../../src/metrics/temperature-loss.js';
import { classificationMetrics } from '../golden/read-classification-metrics.js';
import { expectClose } from './expect-close.js';

const { temperatures, severalTemperatures } = classificationMetrics;
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe('fitTemperature', () => {
  it.each(temperatures)("finds SciPy's temperature of $name", (golden) => {
    const fit = fitTemperature(golden.logits, golden.labels);
    expect(fit.refusal).toBeNull();
    expect(relative(fit.temperature, golden.temperature)).toBeLessThan(1e-11);
    expectClose(fit.lossBefore, golden.lossBefore);
    expectClose(fit.lossAfter, golden.lossAfter);
  });

  it('gives the log loss of the softmax itself', () => {
    const { logits, labels } = temperatures.find(({ name }) => name === 'a softmax')!;
    const { temperature, lossAfter } = fitTemperature(logits, labels);
    const powers = logits.map((logit) => Math.exp(logit / temperature));
    const probabilities = powers.map((power, index) => {
      const start = index - (index % 3);
      return power / (powers[start] + powers[start + 1] + powers[start + 2]);
    });
    expectClose(logLoss(labels, probabilities), lossAfter);
  });

  it('scales as the logits do', () => {
    const { logits, labels } = temperatures[0];
    const { temperature } = fitTemperature(logits, labels);
    for (const factor of [1e-200, 1e-6, 3, 1e6, 1e200]) {
      const scaled = fitTemperature(
        logits.map((logit) => logit * factor),
        labels,
      );
      expect(relative(scaled.temperature, temperature * factor)).toBeLessThan(1e-11);
    }
  });

  it('reaches a loss that no temperature near it is below, unless it says why not', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.nat(1)), { maxLength: 30 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const logits = pairs.map(([eighths]) => eighths / 8);
        const labels = pairs.map(([, label]) => label);
        const { temperature, refusal, lossBefore, lossAfter } = fitTemperature(logits, labels);
        if (refusal) {
          expect(temperature).toBe(1);
          if (refusal !== 'noRows') expect(lossAfter).toBe(lossBefore);
          return;
        }
        expect(lossAfter).toBeLessThanOrEqual(lossBefore + 1e-15);
        for (const nearby of [0.99, 1.01]) {
          const sharpness = 1 / (temperature * nearby);
          expect(temperatureLoss(logits, labels, { sharpness }).loss).toBeGreaterThanOrEqual(
            lossAfter - 1e-15,
          );
        }
      }),
    );
  });

  it('refuses what has no best temperature, and says why', () => {
    expect(fitTemperature([], [])).toMatchObject({ temperature: 1, refusal: 'noRows' });
    expect(fitTemperature([1, -2], [1, 1])).toMatchObject({ temperature: 1, refusal: 'oneLabel' });
    expect(fitTemperature([1, 0, 0, 2, 0, 0], [0, 0]).refusal).toBe('oneLabel');
    expect(fitTemperature([1, -2], [1, 0])).toMatchObject({ temperature: 1, refusal: 'separable' });
    expect(fitTemperature([1, 0, 0, 0, 0, 2], [0, 2]).refusal).toBe('separable');
    expect(fitTemperature([1, -2], [0, 1])).toMatchObject({ temperature: 1, refusal: 'uninformative' });
    expect(fitTemperature([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], [0, 2]).refusal).toBe('uninformative');
  });

  it('refuses logits and labels that cannot be', () => {
    expect(() => fitTemperature([1, Infinity, 0, 1], [0, 1])).toThrow('row 0: logit Infinity');
    expect(() => fitTemperature([1, 2, 3], [0, 1])).toThrow('3 logits do not make 2 rows');
    expect(() => fitTemperature([1, 2], [0, 2])).toThrow('row 1: label 2, expected 0 to 1');
  });
});

describe('temperatureLoss', () => {
  it.each(temperatures.slice(0, 4))(
    'has the slope and curvature of central differences, for $name',
    (golden) => {
      const at = (sharpness: number) => temperatureLoss(golden.logits, golden.labels, { sharpness });
      const step = 1e-4;
      for (const sharpness of [0.01, 0.3, 1, 2]) {
        const [below, here, above] = [at(sharpness - step), at(sharpness), at(sharpness + step)];
        expectClose(here.slope, (above.loss - below.loss) / (2 * step), { tolerance: 1e-5 });
        expectClose(here.curvature, (above.slope - below.slope) / (2 * step), { tolerance: 1e-5 });
      }
    },
  );
});

describe('fitTemperatures', () => {
  const { labelCount, logits, targets } = severalTemperatures;

  it("finds SciPy's temperature of each label, and one for all from the flat targets", () => {
    const fits = fitTemperatures(logits, targets, { labelCount });
    expect(fits).toHaveLength(labelCount);
    for (const [label, fit] of fits.entries()) {
      expect(relative(fit.temperature, severalTemperatures.labels[label])).toBeLessThan(1e-11);
    }
    expect(relative(fitTemperature(logits, targets).temperature, severalTemperatures.together)).toBeLessThan(
      1e-11,
    );
  });

  it('leaves a label alone that no row has, and fits the others', () => {
    const fits = fitTemperatures([1, 1, -1, 2, 0.5, 1, 1, 1], [1, 0, 1, 0, 0, 0, 1, 0], { labelCount: 2 });
    expect(fits.map((fit) => fit.refusal)).toEqual([null, 'oneLabel']);
  });
});
