import { describe, expect, it } from 'vitest';
import { weighOneLabel } from '../../src/tasks/classification/weigh-one-label.js';
import { weightedBags } from '../golden/read-weighted.js';
import { expectValues } from '../layers/expect-values.js';

const targetsOf = (labels: readonly number[]) => ({ values: Int32Array.from(labels) });

describe('weights of labels', () => {
  it.each(weightedBags.balanced.map((golden) => [golden.weights.length, golden] as const))(
    "are scikit-learn's where they are balanced, of %i labels",
    (labelCount, { labels, weights, sampleWeights, ofExamples }) => {
      const own = sampleWeights ? Float32Array.from(sampleWeights) : undefined;
      const { examples } = weighOneLabel(targetsOf(labels), 'balanced', { own, labelCount });
      const expected = labels.map((label, i) => weights[label] * (own ? own[i] : 1));
      expectValues(examples!, expected, 3e-7);
      if (ofExamples) expectValues(examples!, ofExamples, 3e-7);
    },
  );

  it('let every label count as much as the others', () => {
    const labels = [0, 0, 0, 0, 0, 0, 1, 2, 2];
    const { examples } = weighOneLabel(targetsOf(labels), 'balanced', { labelCount: 3 });
    const sums = [0, 0, 0];
    labels.forEach((label, i) => {
      sums[label] += examples![i];
    });
    expectValues(sums, [3, 3, 3], 1e-6);
  });

  it('leave a label out of the count that no example has, or none that counts', () => {
    const none = weighOneLabel(targetsOf([0, 0, 0, 2]), 'balanced', { labelCount: 3 });
    expectValues(none.examples!, [2 / 3, 2 / 3, 2 / 3, 2], 1e-6);
    const own = Float32Array.of(1, 0, 1, 1);
    const uncounted = weighOneLabel(targetsOf([0, 1, 0, 2]), 'balanced', { own, labelCount: 3 });
    expectValues(uncounted.examples!, [0.75, 0, 0.75, 1.5], 1e-6);
  });

  it('are multiplied with those of the examples', () => {
    const own = Float32Array.of(2, 0, 0.5);
    const { examples } = weighOneLabel(targetsOf([1, 0, 0]), [3, 10], { own, labelCount: 2 });
    expect(examples).toEqual(Float32Array.of(20, 0, 1.5));
  });

  it('cannot be told of a single label', () => {
    expect(() => weighOneLabel(targetsOf([0]), 'balanced', { labelCount: 1 })).toThrow(/one label/);
  });
});
