import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendJudges } from '../../src/curation/blend-judges.js';
import { blendQuestions } from '../../src/curation/blend-questions.js';
import { fitBlend } from '../../src/curation/fit-blend.js';
import { openTask } from '../../src/tasks/open-task.js';

interface BlendCase {
  readonly name: string;
  readonly labelCount: number;
  readonly labels: number[];
  readonly logarithms: number[][];
  readonly weights: number[];
}

/** Made by scripts/golden/blend.py. */
const { cases } = JSON.parse(readFileSync(new URL('../golden/blend.json', import.meta.url), 'utf8')) as {
  readonly cases: BlendCase[];
};

describe('fitBlend', () => {
  it.each(cases)("has SciPy's least loss: $name", ({ labelCount, labels, logarithms, weights }) => {
    const judges = logarithms.map((values) => Float64Array.from(values));
    const fitted = fitBlend(judges, { labels: Int32Array.from(labels), labelCount });
    fitted.forEach((weight, judge) => {
      expect(weight).toBeCloseTo(weights[judge], 5);
    });
  });

  it('gives one judge the power 1, and two who are always wrong the same share', () => {
    const wrong = Float64Array.from([0.1, 0.9, 0.9, 0.1], Math.log);
    const given = { labels: Int32Array.of(0, 1), labelCount: 2 };
    expect(fitBlend([wrong], given)).toEqual([1]);
    const labels = Int32Array.from({ length: 40 }, (_, example) => example % 2);
    const often = Float64Array.from({ length: 80 }, (_, place) => wrong[place % 4]);
    expect(fitBlend([often, often.slice()], { labels, labelCount: 2 })).toEqual([0.5, 0.5]);
  });
});

const data = (probabilities: number[], labels: number[], labelCount = 2) => ({
  probabilities: Float64Array.from(probabilities),
  labels: Int32Array.from(labels),
  labelCount,
});

describe('blendJudges', () => {
  it('takes the only round of the only judge as it is, and of several rounds the geometric mean', () => {
    const first = data([1, 0, 0.2, 0.8], [0, 1]);
    expect(blendJudges([[first]])).toEqual({ data: first, weights: [1] });
    const second = data([0.5, 0.5, 0.8, 0.2], [0, 1]);
    const { probabilities } = blendJudges([[data([0.9, 0.1, 0.2, 0.8], [0, 1]), second]]).data;
    // The odds 9 : 1 and 1 : 1 have the mean 3 : 1.
    [0.75, 0.25, 0.5, 0.5].forEach((value, place) => {
      expect(probabilities[place]).toBeCloseTo(value, 12);
    });
  });

  it('multiplies powers of the judges, scaled to the sum 1', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const rows = fc.array(fc.tuple(probability, probability, fc.integer({ min: 0, max: 1 })), {
      ...{ minLength: 4, maxLength: 20 },
    });
    fc.assert(
      fc.property(rows, (drawn) => {
        const labels = drawn.map(([, , label]) => label);
        const of = (place: 0 | 1) =>
          data(
            drawn.flatMap((row) => [1 - row[place], row[place]]),
            labels,
          );
        const judges = [of(0), of(1)];
        const blended = blendJudges(judges.map((judge) => [judge]));
        const logit = ({ probabilities }: (typeof judges)[0], row: number) => {
          const [no, yes] = probabilities.subarray(2 * row, 2 * row + 2);
          return Math.log(Math.max(yes, 1e-7)) - Math.log(Math.max(no, 1e-7));
        };
        drawn.forEach((_, row) => {
          const sum = judges.reduce((total, judge, j) => total + blended.weights[j] * logit(judge, row), 0);
          const [no, yes] = blended.data.probabilities.subarray(2 * row, 2 * row + 2);
          expect(no + yes).toBeCloseTo(1, 12);
          expect(yes).toBeCloseTo(1 / (1 + Math.exp(-sum)), 9);
        });
      }),
    );
  });
});

describe('blendQuestions', () => {
  it('blends each label on its own where an example has several', () => {
    const targets = { values: Int32Array.of(0, 1, 1), offsets: Int32Array.of(0, 2, 2, 3) };
    const outputs = [[Float32Array.of(0.75, 0.5, 0.25, 0, 0.5, 0.125)], [new Float32Array(6).fill(0.5)]];
    const questions = blendQuestions(openTask('multiLabel', ['spam', 'urgent']), { outputs, targets });
    expect(questions.map(({ names }) => names)).toEqual([
      ['not spam', 'spam'],
      ['not urgent', 'urgent'],
    ]);
    expect(questions.map(({ data: { labels } }) => [...labels])).toEqual([
      [1, 0, 0],
      [1, 0, 1],
    ]);
    // Who says one half of everything changes nothing, and has the power that the penalty likes best.
    for (const { weights } of questions) expect(weights[1]).toBeCloseTo(0.5, 9);
    expect(questions[0].weights[0]).toBeGreaterThan(questions[1].weights[0]);
  });
});
