import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { accuracyText, figuresOf, figuresSentence, timeText } from '../../../scripts/measure/figures.mjs';

const result = (accuracy: number, changes: object = {}) => ({
  ...{ accuracy, parameters: 1_606_273, epochSeconds: [20, 28], seconds: 51, machine: { cores: 2 } },
  ...changes,
});

describe('the figures of several seeds', () => {
  it('are mean and estimated standard deviation', () => {
    const figures = figuresOf([result(0.76), result(0.77), result(0.75)]);
    expect(figures).toMatchObject({ seeds: 3, epochs: 2, epochSeconds: 24, seconds: 51, cores: 2 });
    expect(figures.accuracy).toBeCloseTo(0.76, 12);
    expect(figures.spread).toBeCloseTo(0.01, 12);
    expect(figuresSentence(figures)).toBe(
      'Test accuracy 76.0 +- 1.0 % (3 seeds, worst 75.0), 1,606,273 parameters, 24 s an epoch on 2 cores.',
    );
  });

  it('have no spread for one seed, and a finer one where it is tiny', () => {
    expect(accuracyText(figuresOf([result(0.764)]))).toBe('76.4 % (1 seed)');
    expect(accuracyText(figuresOf([result(0.7642), result(0.7638)]))).toBe(
      '76.4 +- 0.03 % (2 seeds, worst 76.4)',
    );
  });

  it('give the time of the whole training where epochs are not what it is made of', () => {
    const once = figuresOf([result(0.9, { epochSeconds: [40], seconds: 44 })]);
    expect(figuresSentence(once)).toContain('44 s of training on 2 cores.');
    const prepared = figuresOf([result(0.9, { epochSeconds: [1, 1], seconds: 20 })]);
    expect(figuresSentence(prepared)).toContain('20 s of training on 2 cores.');
    const ensemble = figuresOf([result(0.9, { epochSeconds: [], seconds: 70 })]);
    expect(figuresSentence(ensemble)).toContain('70 s of training on 2 cores.');
  });

  it('are not made of nothing', () => {
    expect(() => figuresOf([])).toThrow('no figures');
  });
});

describe('a time', () => {
  it.each([
    [0.44, '0.4 s'],
    [9.96, '10 s'],
    [99.4, '99 s'],
    [100, '1 min 40 s'],
    [605, '10 min 5 s'],
  ])('of %d s is %s', (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });
});
