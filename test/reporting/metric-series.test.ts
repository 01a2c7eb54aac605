import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../src/reporting/axis-ticks.js';
import { configRows } from '../../src/reporting/config-rows.js';
import { keptEpoch, smoothed, stepPoints } from '../../src/reporting/metric-series.js';

const step = (epoch: number, step: number, loss: number | null) => ({ type: 'step', epoch, step, loss });

describe('stepPoints', () => {
  it('counts on through the epochs, whether or not each one starts at 1', () => {
    const fromOne = [step(1, 2, 0.9), step(1, 4, 0.8), step(2, 2, 0.7), step(2, 4, 0.6)];
    const through = [step(1, 2, 0.9), step(1, 4, 0.8), step(2, 6, 0.7), step(2, 8, 0.6)];
    const expected = [
      { step: 2, loss: 0.9 },
      { step: 4, loss: 0.8 },
      { step: 6, loss: 0.7 },
      { step: 8, loss: 0.6 },
    ];
    expect(stepPoints(fromOne)).toEqual(expected);
    expect(stepPoints(through)).toEqual(expected);
  });

  it('leaves out a loss that is no number, which JSON stores as null', () => {
    expect(stepPoints([step(1, 2, null), step(1, 4, 0.8)])).toEqual([{ step: 4, loss: 0.8 }]);
  });
});

describe('keptEpoch', () => {
  it('is the last one that was the best so far', () => {
    const epochs = [true, true, false].map((best, index) => {
      return { epoch: index + 1, training: { loss: 1, accuracy: 0.5 }, seconds: 1, best };
    });
    expect(keptEpoch(epochs)?.epoch).toBe(2);
    expect(keptEpoch([])).toBeUndefined();
  });
});

describe('smoothed', () => {
  it('keeps a constant, and weighs the past by 0.9 a step', () => {
    expect(smoothed([0.5, 0.5, 0.5]).map((value) => value.toFixed(12))).toEqual(
      Array(3).fill('0.500000000000'),
    );
    // (0.9 * 0.1 * 1 + 0.1 * 2) / (1 - 0.81)
    expect(smoothed([1, 2])[1]).toBeCloseTo(0.29 / 0.19, 12);
  });
});

describe('axisTicks', () => {
  it('steps by 1, 2 or 5', () => {
    expect(axisTicks(0.35, 0.9)).toEqual({ values: [0.2, 0.4, 0.6, 0.8, 1], digits: 1 });
    expect(axisTicks(0.701, 0.975)).toEqual({ values: [0.7, 0.8, 0.9, 1], digits: 1 });
    expect(axisTicks(0, 3516)).toEqual({ values: [0, 1000, 2000, 3000, 4000], digits: 0 });
  });

  it('covers any range with few, rising ticks', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, (one, other) => {
        const [least, greatest] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(greatest - least > 1e-9 || greatest === least);
        const { values, digits } = axisTicks(least, greatest);
        const slack = 1e-6 * Math.max(Math.abs(least), Math.abs(greatest), 1e-3);
        expect(values.length).toBeGreaterThanOrEqual(2);
        expect(values.length).toBeLessThanOrEqual(13);
        expect(values[0]).toBeLessThanOrEqual(least + slack);
        expect(values.at(-1)).toBeGreaterThanOrEqual(greatest - slack);
        expect(new Set(values.map((value) => value.toFixed(digits))).size).toBe(values.length);
      }),
    );
  });
});

describe('configRows', () => {
  it('names every setting by its dotted key', () => {
    expect(configRows({ seed: 1, model: { layers: [{ cell: 'gru', units: 8 }, { cell: 'lstm' }] } })).toEqual(
      [
        ['seed', '1'],
        ['model.layers[0].cell', 'gru'],
        ['model.layers[0].units', '8'],
        ['model.layers[1].cell', 'lstm'],
      ],
    );
  });
});
