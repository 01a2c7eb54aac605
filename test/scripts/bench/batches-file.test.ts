import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { asEncodedSplit } from '../../../scripts/bench/batches-file.mjs';
import { padBatch } from '../../../src/batches/pad-batch.js';

describe('the batches that all contenders get', () => {
  const batches = [
    { ids: [4, 5, 6, 7, 0, 0], rows: 2, time: 3, lengths: [3, 1], labels: [1, 0] },
    { ids: [8, 9, 0, 0], rows: 2, time: 2, lengths: [2, 0], labels: [0, 1] },
  ];

  it('come back the same from padding their examples again', () => {
    const { encoded, exampleIndices } = asEncodedSplit(batches);
    expect([...encoded.ids]).toEqual([4, 5, 6, 7, 8, 9]);
    const padded = exampleIndices.map((examples: Int32Array) => {
      const { ids, rows, time, lengths } = padBatch(encoded, examples);
      const labels = Array.from(examples, (example) => encoded.targets.values[example]);
      return { ids: [...ids], rows, time, lengths: [...lengths], labels };
    });
    expect(padded).toEqual(batches);
  });
});
