import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSections, toSections } from '../../src/batches/cached-sections.js';
import { countFeatures } from '../../src/batches/count-features.js';
import {
  type EncodedSplit,
  exampleCount,
  exampleLength,
  idsOfExample,
  subset,
  tokenCount,
  viewOf,
} from '../../src/batches/encoded-split.js';
import { padBatch } from '../../src/batches/pad-batch.js';
import { narrowIds } from '../../src/text/narrow-ids.js';
import { anyEncoded, encodedOf } from './encoded-of.js';

const examplesOf = (encoded: EncodedSplit) =>
  Array.from({ length: exampleCount(encoded) }, (_, example) => [...idsOfExample(encoded, example)]);

/** Some examples of a split, in any order, some perhaps twice. */
const encodedAndChosen = anyEncoded
  .filter((encoded) => exampleCount(encoded) > 0)
  .chain((encoded) => {
    const chosen = fc.array(fc.nat(exampleCount(encoded) - 1), { maxLength: 20 });
    return fc.tuple(fc.constant(encoded), chosen.map(Int32Array.from.bind(Int32Array)));
  });

describe('viewOf', () => {
  it('holds what a copy of the same examples holds, over the same ids', () => {
    fc.assert(
      fc.property(encodedAndChosen, ([encoded, chosen]) => {
        const view = viewOf(encoded, chosen);
        const copy = subset(encoded, chosen);
        expect(view.ids).toBe(encoded.ids);
        expect(examplesOf(view)).toEqual(examplesOf(copy));
        expect(view.targets).toEqual(copy.targets);
        expect([exampleCount(view), tokenCount(view)]).toEqual([chosen.length, copy.ids.length]);
        expect(countFeatures(view)).toEqual(countFeatures(copy));
        const all = Int32Array.from(chosen, (_, place) => place);
        expect(padBatch(view, all)).toEqual(padBatch(copy, all));
      }),
    );
  });

  it('can be taken of a view, and copied', () => {
    const encoded = encodedOf([2, 1, 3], [5, 6, 7]);
    const view = viewOf(viewOf(encoded, Int32Array.of(2, 0)), Int32Array.of(1, 0));
    expect(examplesOf(view)).toEqual([
      [1, 2],
      [4, 5, 6],
    ]);
    expect([...view.targets.values]).toEqual([5, 7]);
    expect([...subset(view, [1]).ids]).toEqual([4, 5, 6]);
    expect(exampleLength(view, 1)).toBe(3);
  });
});

describe('ids of two bytes', () => {
  it('are for vocabularies of up to 65,536 ids', () => {
    const ids = Int32Array.of(0, 65_535);
    expect(narrowIds(ids, { idCount: 65_536 })).toEqual(Uint16Array.of(0, 65_535));
    expect(narrowIds(Int32Array.of(0, 65_536), { idCount: 65_537 })).toEqual(Int32Array.of(0, 65_536));
  });

  it('give the batches and the counts that ids of four bytes give', () => {
    fc.assert(
      fc.property(encodedAndChosen, ([encoded, chosen]) => {
        const narrow = { ...encoded, ids: narrowIds(encoded.ids, { idCount: 65_536 }) };
        expect(padBatch(narrow, chosen)).toEqual(padBatch(encoded, chosen));
        const [counted, countedNarrow] = [countFeatures(encoded), countFeatures(narrow)];
        expect(countedNarrow.ids).toBeInstanceOf(Uint16Array);
        expect([...countedNarrow.ids]).toEqual([...counted.ids]);
        expect(padBatch(countedNarrow, chosen)).toEqual(padBatch(counted, chosen));
      }),
    );
  });

  it('and of four come back from the sections of a cache file as they were', () => {
    fc.assert(
      fc.property(anyEncoded, fc.boolean(), (encoded, isNarrow) => {
        const ids = isNarrow ? narrowIds(encoded.ids, { idCount: 65_536 }) : encoded.ids;
        const again = fromSections(toSections({ ...encoded, ids }));
        expect(examplesOf(again)).toEqual(examplesOf(encoded));
        expect(again.targets).toEqual(encoded.targets);
        if (ids.length > 0) expect(again.ids).toEqual(ids);
      }),
    );
  });
});

describe('countFeatures', () => {
  it('counts to more than two bytes can hold', () => {
    const length = 70_000;
    const encoded = { ...encodedOf([length, 1]), ids: new Int32Array(length + 1).fill(3) };
    expect([...countFeatures(encoded).counts]).toEqual([length, 1]);
  });
});
