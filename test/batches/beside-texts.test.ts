import { describe, expect, it } from 'vitest';
import { besideTexts } from '../../src/batches/beside-texts.js';
import { fromSections, toSections } from '../../src/batches/cached-sections.js';
import { countFeatures } from '../../src/batches/count-features.js';
import { type EncodedSplit, subset } from '../../src/batches/encoded-split.js';
import { padBatch } from '../../src/batches/pad-batch.js';
import type { Example } from '../../src/datasets/split.js';
import { UserError } from '../../src/errors/user-error.js';

const example = (beside: Partial<Example> = {}): Example => ({ text: 'a', target: 0, ...beside });
function gather(...portions: Example[][]) {
  const beside = besideTexts();
  for (const portion of portions) beside.add(portion);
  return beside.result();
}

describe('what stands beside texts', () => {
  it('is nothing where no example has a weight or a feature, or all weights are 1', () => {
    expect(gather([example(), example()])).toEqual({});
    expect(gather([example({ weight: 1 })], [example({ features: [] })])).toEqual({});
    expect(gather()).toEqual({});
  });

  it('is a weight for each example, 1 for those without, and as many numbers for each', () => {
    const one = [example({ features: [1, 2] }), example({ features: [3, 4], weight: 0.5 })];
    expect(gather(one, [example({ features: [5, 6], weight: 0 })])).toEqual({
      weights: Float32Array.of(1, 0.5, 0),
      features: { values: Float32Array.of(1, 2, 3, 4, 5, 6), columns: 2 },
    });
  });

  it('is where texts begin, where some have excerpts', () => {
    const further = example({ isFurther: true });
    expect(gather([example(), further], [further, example()])).toEqual({ texts: Int32Array.of(0, 3, 4) });
  });

  it.each([
    [[example(), example({ weight: -1 })], 'Example 2 has the weight -1; a weight is a number from 0 up.'],
    [[example({ weight: NaN })], 'Example 1 has the weight NaN'],
    [[example({ weight: 1e300 })], 'Example 1 has the weight 1e+300'],
    [[example({ features: [1, Infinity] })], 'Example 1 has the feature Infinity'],
    [
      [example({ features: [1] }), example({ features: [1, 2] })],
      'Example 2 has 2 features beside its text, but the examples before it have 1.',
    ],
    [[example({ features: [1] }), example()], 'Example 2 has 0 features beside its text'],
  ])('refuses what cannot be learnt from: %#', (examples, message) => {
    expect(() => gather(examples)).toThrow(UserError);
    expect(() => gather(examples)).toThrow(message);
  });
});

const plain: EncodedSplit = {
  ids: Int32Array.of(4, 4, 2, 3, 1),
  offsets: Int32Array.of(0, 3, 3, 5),
  targets: { values: Int32Array.of(0, 1, 1) },
};
const weights = Float32Array.of(0.25, 1, 3);
const features = { values: Float32Array.of(1, 2, 3, 4, 5, 6), columns: 2 };
const lists = { values: Int32Array.of(0, 2, 1), offsets: Int32Array.of(0, 2, 2, 3) };

describe('encoded examples with weights and features', () => {
  it.each([
    ['neither', plain, 3],
    ['neither, of several labels', { ...plain, targets: lists }, 4],
    ['weights', { ...plain, weights }, 7],
    ['features', { ...plain, features }, 7],
    ['both, of several labels', { ...plain, targets: lists, weights, features }, 7],
    ['excerpts', { ...plain, texts: Int32Array.of(0, 1, 3) }, 7],
  ])('come back from a cache file: %s', (_title, encoded, sections) => {
    const stored = toSections(encoded);
    expect(stored).toHaveLength(sections);
    expect(fromSections(stored)).toEqual(encoded);
  });

  it('keep them in subsets, in batches and where tokens are counted', () => {
    const chosen = subset({ ...plain, weights, features }, [2, 0]);
    expect(chosen.weights).toEqual(Float32Array.of(3, 0.25));
    expect(chosen.features).toEqual({ values: Float32Array.of(5, 6, 1, 2), columns: 2 });
    expect(subset(plain, [1])).not.toHaveProperty('weights');
    const counted = countFeatures({ ...plain, weights, features });
    expect(counted).toMatchObject({ weights, features });
    expect([...counted.counts]).toEqual([1, 2, 1, 1]);
    const batch = padBatch({ ...plain, features }, Int32Array.of(2, 1));
    expect(batch.features).toEqual({ values: Float32Array.of(5, 6, 3, 4), columns: 2 });
    expect(padBatch(plain, Int32Array.of(0))).not.toHaveProperty('features');
  });
});
