import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitView } from '../../src/batches/encoded-split.js';
import { sortByLength } from '../../src/batches/sort-by-length.js';

/** Examples of any lengths, without their ids. */
function ofLengths(lengths: readonly number[]): SplitView {
  return {
    ids: new Int32Array(),
    starts: new Int32Array(lengths.length),
    ends: Int32Array.from(lengths),
    targets: { values: new Int32Array(lengths.length) },
  };
}

describe('sortByLength', () => {
  it('orders as a stable sort that compares lengths, from no token to as many as there can be', () => {
    const length = fc.oneof(fc.nat(5), fc.nat(5000), fc.nat(2 ** 31 - 1));
    fc.assert(
      fc.property(fc.array(length, { maxLength: 300 }), fc.boolean(), (lengths, isReversed) => {
        const encoded = ofLengths(lengths);
        const order = Int32Array.from(lengths, (_, example) => example);
        if (isReversed) order.reverse();
        const expected = [...order].sort((one, other) => lengths[one] - lengths[other]);
        sortByLength(order, encoded);
        expect([...order]).toEqual(expected);
      }),
    );
  });

  it('sorts in place, also where it is given a part of an array', () => {
    const order = Int32Array.of(0, 3, 2, 1);
    sortByLength(order.subarray(1), ofLengths([0, 1, 5000, 2]));
    expect([...order]).toEqual([0, 1, 3, 2]);
  });
});
