import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrateJoint } from '../../src/curation/calibrate-joint.js';
import { confidentJoint } from '../../src/curation/confident-joint.js';
import { estimateNoise } from '../../src/curation/estimate-noise.js';
import { findLabelIssues, issueFilters } from '../../src/curation/find-label-issues.js';
import { labelQualities, labelQuality } from '../../src/curation/label-quality.js';
import { labelThresholds } from '../../src/curation/label-thresholds.js';
import { dataOf, labelIssues } from './read-label-issues.js';

const close = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, 12));

describe('confident learning', () => {
  it('is measured on 2, 3 and 10 labels', () => {
    expect([...new Set(labelIssues.map(({ labelCount }) => labelCount))].sort((a, b) => a - b)).toEqual([
      2, 3, 10,
    ]);
    expect(labelIssues.filter(({ wrongLabels }) => wrongLabels > 0).length).toBeGreaterThan(8);
  });

  it.each(labelIssues)('has the thresholds, counts and noise of cleanlab: $name', (golden) => {
    const data = dataOf(golden);
    expect([...labelThresholds(data)]).toEqual(close(golden.thresholds));
    expect(confidentJoint(data, { calibrated: false })).toEqual(golden.counts);
    const joint = confidentJoint(data);
    expect(joint).toEqual(golden.joint);
    const noise = estimateNoise(joint);
    expect(noise.noiseMatrix).toEqual(golden.noiseMatrix.map(close));
    expect(noise.inverseNoiseMatrix).toEqual(golden.inverseNoiseMatrix.map(close));
    expect(noise.trueShares).toEqual(close(golden.trueShares));
    expect(noise.wrongLabels).toBe(golden.wrongLabels);
    expect(noise.wrongByLabel.reduce((sum, count) => sum + count)).toBe(golden.wrongLabels);
  });

  it.each(labelIssues)('names the examples that cleanlab names, in its order: $name', (golden) => {
    const data = dataOf(golden);
    for (const rankBy of labelQualities) {
      expect([...labelQuality(data, rankBy)]).toEqual(close(golden.quality[rankBy]));
      for (const filter of issueFilters) {
        expect([...findLabelIssues(data, { filter, rankBy })]).toEqual(golden.issues[filter][rankBy]);
      }
    }
  });

  it('never names an example whose given label is the most probable one', () => {
    const examples = fc.array(fc.tuple(fc.nat(2), fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9))), {
      minLength: 1,
    });
    fc.assert(
      fc.property(examples, fc.constantFrom(...issueFilters), (drawn, filter) => {
        const rows = drawn.map(([, weights]) => {
          const sum = weights.reduce((total, weight) => total + weight + 1, 0);
          return weights.map((weight) => (weight + 1) / sum);
        });
        const labels = Int32Array.from(drawn, ([label]) => label);
        const data = { labels, probabilities: Float64Array.from(rows.flat()), labelCount: 3 };
        const issues = [...findLabelIssues(data, { filter })];
        expect(new Set(issues).size).toBe(issues.length);
        for (const example of issues) {
          expect(Math.max(...rows[example])).toBeGreaterThan(rows[example][labels[example]]);
        }
      }),
    );
  });
});

describe('calibrateJoint', () => {
  it('sums to the examples of each given label, in whole numbers', () => {
    const counts = fc.array(fc.nat(50), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 4, maxLength: 4 }), counts, (joint, labelCounts) => {
        const filled = joint.map((row, label) => row.map((count, j) => (j === label ? count + 1 : count)));
        const calibrated = calibrateJoint(filled, labelCounts);
        expect(calibrated.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual(labelCounts);
        expect(calibrated.flat().every(Number.isInteger)).toBe(true);
      }),
    );
  });
});
