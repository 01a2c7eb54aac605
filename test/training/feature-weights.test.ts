import { describe, expect, it } from 'vitest';
import {
  featureValues,
  inverseDocumentFrequencies,
  logCountRatios,
} from '../../src/training/feature-weights.js';
import { goldenBags, goldenFeatures } from '../golden/read-bag-of-words.js';
import { expectValues } from '../layers/expect-values.js';

const { idCount, idf, tfIdf, ratios } = goldenBags;

describe('feature weights', () => {
  it("are scikit-learn's inverse document frequencies, ids that never come included", () => {
    expectValues(inverseDocumentFrequencies(goldenFeatures(), idCount), idf, 3e-7);
  });

  it("are scikit-learn's tf-idf values, each example of length 1", () => {
    const features = goldenFeatures();
    const values = featureValues(features, {
      weighting: 'tfIdf',
      idf: inverseDocumentFrequencies(features, idCount),
    });
    expectValues(values, tfIdf.flat(), 3e-7);
  });

  it('are the log-count ratios of each label against the rest', () => {
    const features = goldenFeatures();
    ratios.forEach((expected, label) => {
      const isPositive = (example: number) => features.targets.values[example] === label;
      expectValues(logCountRatios(features, { idCount, isPositive }), expected, 1e-13);
    });
  });

  it('are the counts themselves, or 1', () => {
    const features = goldenFeatures();
    expect(featureValues(features, { weighting: 'counts' })).toEqual(Float32Array.from(features.counts));
    expect(featureValues(features, { weighting: 'binary' })).toEqual(
      new Float32Array(features.ids.length).fill(1),
    );
  });
});
