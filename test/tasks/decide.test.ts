import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetsOf } from '../../src/batches/targets.js';
import { decide } from '../../src/tasks/decide.js';
import { checkThresholds, isDecision, withThreshold } from '../../src/tasks/decision.js';
import { figureOf } from '../../src/tasks/figure.js';
import { openTask } from '../../src/tasks/open-task.js';
import { logitOf, temperOutputs } from '../../src/tasks/output-logits.js';

const two = openTask('classification', ['no', 'yes']);
const three = openTask('classification', ['a', 'b', 'c']);
const several = openTask('multiLabel', ['a', 'b']);
const ofTwo = {
  outputs: Float32Array.of(0.9, 0.75, 0.375, 0.25, 0.3, 0.125),
  targets: { values: Int32Array.of(1, 1, 1, 0, 0, 0) },
};
const probability = fc.float({ min: 0, max: 1, noNaN: true });
const temperature = fc.double({ min: 0.1, max: 10, noNaN: true });
const outputs = fc
  .array(probability, { minLength: 6, maxLength: 6 })
  .map((values) => Float32Array.from(values));

describe('what is decided after a training', () => {
  it('is nothing unless the settings ask for it', () => {
    expect(decide(two, ofTwo, { threshold: 'none', calibrate: false })).toBeUndefined();
  });

  it('is nothing without held-out examples, and that is told', () => {
    const none = { outputs: new Float32Array(), targets: { values: new Int32Array() } };
    expect(decide(two, none, { threshold: 'f1', calibrate: true })).toEqual({ examples: 0 });
  });

  it('is the threshold of label 1 that gives the highest F1, where one half does not', () => {
    const decision = decide(two, ofTwo, { threshold: 'f1', calibrate: false });
    expect(decision).toEqual({ examples: 6, thresholds: [0.375], thresholdFor: 'f1' });
    const decided = openTask('classification', ['no', 'yes'], { decision });
    expect(figureOf(two.evaluate(ofTwo), 'accuracy')).toBe(5 / 6);
    expect(figureOf(decided.evaluate(ofTwo), 'accuracy')).toBe(1);
    expect([...decided.correct(ofTwo)]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(decided.answer([0.375])).toMatchObject({ summary: 'yes', probability: 0.375 });
    expect(decided.answer([0.3125])).toMatchObject({ summary: 'no', probability: 0.6875 });
  });

  it('is a threshold for each of several labels, none where no example has the label', () => {
    const answers = {
      outputs: Float32Array.of(0.25, 0.1, 0.125, 0.2, 0.0625, 0.3),
      targets: targetsOf([[0], [0], []]),
    };
    const { thresholds } = decide(several, answers, { threshold: { recall: 1 }, calibrate: false })!;
    expect(thresholds).toEqual([0.125, null]);
  });

  it('is no threshold where a precision cannot be had', () => {
    const answers = { outputs: Float32Array.of(0.9, 0.8), targets: { values: Int32Array.of(0, 1) } };
    const { thresholds } = decide(two, answers, { threshold: { precision: 0.9 }, calibrate: false })!;
    expect(thresholds).toEqual([null]);
  });

  it.each([
    ['two labels', two, Float32Array.of(0.99, 0.98, 0.97, 0.03, 0.02, 0.95), [1, 1, 0, 0, 1, 1]],
    ['three labels', three, Float32Array.of(0.9, 0.05, 0.05, 0.04, 0.9, 0.06, 0.9, 0.06, 0.04), [0, 1, 2]],
  ] as const)(
    'is a temperature that lowers the loss of answers that are too sure: %s',
    (_title, task, sure, labels) => {
      const answers = { outputs: Float32Array.from(sure), targets: { values: Int32Array.from(labels) } };
      const decision = decide(task, answers, { threshold: 'none', calibrate: true })!;
      expect(decision.temperatures).toHaveLength(1);
      expect(decision.temperatures![0]).toBeGreaterThan(1.2);
      const calibrated = openTask('classification', task.labels, { decision });
      const loss = (at: number) => {
        const other = { examples: 1, temperatures: [at] };
        return figureOf(
          openTask('classification', task.labels, { decision: other }).evaluate(answers),
          'loss',
        )!;
      };
      const least = figureOf(calibrated.evaluate(answers), 'loss')!;
      expect(least).toBeLessThan(figureOf(task.evaluate(answers), 'loss')!);
      for (const factor of [0.99, 1.01])
        expect(loss(decision.temperatures![0]! * factor)).toBeGreaterThan(least);
      expect([...calibrated.correct(answers)]).toEqual([...task.correct(answers)]);
    },
  );

  it('is a temperature for each of several labels', () => {
    const answers = {
      outputs: Float32Array.of(0.99, 0.6, 0.98, 0.4, 0.97, 0.55, 0.02, 0.3),
      targets: targetsOf([[0, 1], [0], [1], []]),
    };
    const { temperatures } = decide(several, answers, { threshold: 'none', calibrate: true })!;
    expect(temperatures).toHaveLength(2);
    expect(temperatures![0]).toBeGreaterThan(1);
    expect(temperatures![0]).not.toBe(temperatures![1]);
  });

  it('has thresholds of the calibrated probabilities', () => {
    const both = decide(
      two,
      { ...ofTwo, targets: { values: Int32Array.of(1, 1, 0, 1, 0, 0) } },
      {
        ...{ threshold: 'f1', calibrate: true },
      },
    )!;
    const calibrated = temperOutputs(ofTwo.outputs, {
      ...{ columns: 1, exclusive: false, temperatures: both.temperatures! },
    });
    expect([...calibrated]).toContain(both.thresholds![0]);
  });
});

describe('outputs at other temperatures', () => {
  it('stay as they are at 1, to the last bits of float64', () => {
    fc.assert(
      fc.property(outputs, (values) => {
        const tempered = temperOutputs(values, { columns: 1, exclusive: false, temperatures: [1] });
        values.forEach((value, place) => {
          expect(tempered[place]).toBeCloseTo(value, 7);
        });
      }),
    );
  });

  it('keep the order of sigmoids, even of 0 and 1', () => {
    fc.assert(
      fc.property(outputs, temperature, (values, degree) => {
        const all = Float32Array.of(...values, 0, 1, 1 - 2 ** -24, 2 ** -149).sort();
        const tempered = temperOutputs(all, { columns: 1, exclusive: false, temperatures: [degree] });
        for (let place = 1; place < all.length; place++) {
          expect(logitOf(all[place])).toBeGreaterThanOrEqual(logitOf(all[place - 1]));
          expect(tempered[place]).toBeGreaterThanOrEqual(tempered[place - 1]);
        }
      }),
    );
  });

  it('keep the sum 1 and the most probable label of a softmax', () => {
    fc.assert(
      fc.property(outputs, temperature, (values, degree) => {
        const sum = values.reduce((total, value) => total + value, 0);
        fc.pre(sum > 0);
        const row = values.map((value) => value / sum);
        const tempered = temperOutputs(row, { columns: 6, exclusive: true, temperatures: [degree] });
        expect(tempered.reduce((total, value) => total + value)).toBeCloseTo(1, 12);
        expect(tempered[row.indexOf(Math.max(...row))]).toBe(Math.max(...tempered));
      }),
    );
  });

  it('are those of the file where a temperature could not be fitted', () => {
    const options = { columns: 2, exclusive: false, temperatures: [null, 2] };
    const [first, second] = temperOutputs([0.25, 0.9], options);
    expect(first).toBe(0.25);
    expect(second).toBeCloseTo(0.75, 12);
  });
});

describe('a decision', () => {
  it('takes a threshold of the command line in the place of those that were chosen', () => {
    const chosen = { examples: 5, temperatures: [2], thresholds: [0.4, null], thresholdFor: 'f1' as const };
    const options = { threshold: 0.7, columns: 2 };
    expect(withThreshold(chosen, options)).toEqual({
      examples: 5,
      temperatures: [2],
      thresholds: [0.7, 0.7],
    });
    expect(withThreshold(undefined, options)).toEqual({ examples: 0, thresholds: [0.7, 0.7] });
  });

  it('has no threshold where the most probable of many labels is answered', () => {
    expect(() => checkThresholds(three)).toThrow('each text has one of 3 labels here');
    expect(() => checkThresholds(two)).not.toThrow();
  });

  it('is told from other JSON', () => {
    expect(isDecision({ examples: 3, temperatures: [1.5, null], thresholds: [0, 1] })).toBe(true);
    for (const other of [
      null,
      3,
      {},
      { examples: 3, temperatures: [0] },
      { examples: 3, thresholds: [1.5] },
    ]) {
      expect(isDecision(other)).toBe(false);
    }
    expect(isDecision({ examples: 3, thresholds: ['0.5'] })).toBe(false);
  });
});
