import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFeatures } from '../../src/batches/count-features.js';
import { featureValues } from '../../src/training/feature-weights.js';
import { LogisticSolver } from '../../src/training/logistic-solver.js';
import { expectValues } from '../layers/expect-values.js';
import { encodedExamples, idCount, senselessExamples } from './tiny-data.js';

function solverOf(inverseRegularization: number, seed = 0) {
  const features = countFeatures(encodedExamples(senselessExamples(30)));
  const values = featureValues(features, { weighting: 'counts' }).map((value) => value * (1 + seed / 100));
  const signs = Int8Array.from(features.targets.values, (label) => (label === 1 ? 1 : -1));
  const problem = { features, values, signs, idCount, inverseRegularization };
  return { solver: new LogisticSolver(problem), problem };
}

function visitAll(solver: LogisticSolver, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    for (let example = 0; example < solver.duals.length; example++) solver.visit(example);
  }
}

/** The gradient of P by each weight, the bias last. */
function gradient(solver: LogisticSolver, problem: ReturnType<typeof solverOf>['problem']): Float64Array {
  const { features, values, signs, inverseRegularization } = problem;
  const result = solver.weights.slice();
  for (let example = 0; example < signs.length; example++) {
    const margin = signs[example] * solver.logit(example);
    const share = (-inverseRegularization * signs[example]) / (1 + Math.exp(margin));
    for (let k = features.offsets[example]; k < features.offsets[example + 1]; k++) {
      result[features.ids[k]] += share * values[k];
    }
    result[idCount] += share;
  }
  return result;
}

const norm = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const strengths = fc.constantFrom(1e-4, 0.01, 0.3, 1, 10, 1e4);

describe('LogisticSolver', () => {
  it('ends where the gradient of its objective is 0', () => {
    fc.assert(
      fc.property(fc.constantFrom(1e-4, 0.01, 0.3, 1, 10), fc.nat(100), (inverseRegularization, seed) => {
        const { solver, problem } = solverOf(inverseRegularization, seed);
        visitAll(solver, 3_000);
        const { objective, gap } = solver.gap();
        // P is 1-strongly convex and L-smooth, so |gradient| <= sqrt(2 L gap), L = 1 + C / 4 sum of |x|^2; its rounding is of the
        // size of the sums that cancel.
        const squares = problem.values.reduce((sum, value) => sum + value * value, 30);
        const smoothness = 1 + (inverseRegularization / 4) * squares;
        const bound = Math.sqrt(2 * smoothness * (Math.max(gap, 0) + 1e-12 * objective));
        expect(norm(gradient(solver, problem))).toBeLessThanOrEqual(bound);
        expect(gap).toBeLessThan(1e-6 * objective);
      }),
      { numRuns: 20 },
    );
  });

  it('never promises a lower objective than there can be, nor one that rises above the promise', () => {
    fc.assert(
      fc.property(strengths, fc.nat(5), (inverseRegularization, rounds) => {
        const { solver } = solverOf(inverseRegularization);
        visitAll(solver, rounds);
        const early = solver.gap();
        visitAll(solver, 200);
        const late = solver.gap();
        const rounding = 1e-9 * early.objective;
        expect(early.gap).toBeGreaterThanOrEqual(-rounding);
        expect(late.objective).toBeGreaterThanOrEqual(early.objective - early.gap - rounding);
        // The dual rises with every visit.
        expect(late.objective - late.gap).toBeGreaterThanOrEqual(early.objective - early.gap - rounding);
      }),
    );
  });

  it('keeps every dual variable between 0 and C, and the weights their sum', () => {
    const { solver, problem } = solverOf(1e4);
    visitAll(solver, 50);
    const sums = new Float64Array(idCount + 1);
    const { features, values, signs } = problem;
    solver.duals.forEach((dual, example) => {
      expect(dual).toBeGreaterThan(0);
      expect(dual).toBeLessThan(1e4);
      for (let k = features.offsets[example]; k < features.offsets[example + 1]; k++) {
        sums[features.ids[k]] += dual * signs[example] * values[k];
      }
      sums[idCount] += dual * signs[example];
    });
    // 1,500 additions of numbers of up to 1e5 each.
    expectValues(solver.weights, sums, 1e-6);
  });

  it('answers each visit with the logit from before it', () => {
    const { solver } = solverOf(1);
    visitAll(solver, 2);
    const before = solver.logit(3);
    expect(solver.visit(3)).toBe(before);
    expect(solver.logit(3)).not.toBe(before);
  });
});
