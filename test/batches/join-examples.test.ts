import { describe, expect, it } from 'vitest';
import { viewOf } from '../../src/batches/encoded-split.js';
import { joinExamples } from '../../src/batches/join-examples.js';

const first = {
  ids: Uint16Array.of(1, 2, 3, 4, 5),
  offsets: Int32Array.of(0, 2, 2, 5),
  targets: { values: Int32Array.of(0, 1, 2) },
};
const second = {
  ids: Int32Array.of(70_000, 7),
  offsets: Int32Array.of(0, 1, 2),
  targets: { values: Int32Array.of(0, 1, 1), offsets: Int32Array.of(0, 2, 3) },
  weights: Float32Array.of(2, 0.5),
};

describe('joinExamples', () => {
  it('lays the examples of splits and of views end to end, in bytes that hold all ids', () => {
    const joined = joinExamples([viewOf(first, Int32Array.of(2, 1)), second]);
    expect(joined.ids).toEqual(Int32Array.of(3, 4, 5, 70_000, 7));
    expect(joined.offsets).toEqual(Int32Array.of(0, 3, 3, 4, 5));
    expect(joined.targets).toEqual({
      values: Int32Array.of(2, 1, 0, 1, 1),
      offsets: Int32Array.of(0, 1, 2, 4, 5),
    });
    expect(joined.weights).toEqual(Float32Array.of(1, 1, 2, 0.5));
  });

  it('keeps what all of them have: small ids, one target each, no weights', () => {
    expect(joinExamples([first, first])).toEqual({
      ids: Uint16Array.of(1, 2, 3, 4, 5, 1, 2, 3, 4, 5),
      offsets: Int32Array.of(0, 2, 2, 5, 7, 7, 10),
      targets: { values: Int32Array.of(0, 1, 2, 0, 1, 2) },
    });
  });
});
