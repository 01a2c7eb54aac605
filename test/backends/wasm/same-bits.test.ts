import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCases } from './same-bits/all-cases.js';
import { BitComparison, instructionSets, nativeNames, whyNone } from './same-bits/bit-comparison.js';

/** Twenty times as many cases, at random beyond the telling ones, with IMDB_RNN_TEST_ALL=1. */
const repeats = process.env.IMDB_RNN_TEST_ALL ? 20 : 1;

const sets = instructionSets.join(' and ') || 'all sets of instructions';

describe.skipIf(whyNone !== '')(`native kernels, with ${sets}${whyNone}`, () => {
  it('are all compared', () => {
    expect(allCases.map(({ kernel }) => kernel).sort()).toEqual(nativeNames);
  });

  describe.each([1, 3])('threads: %i', (threads) => {
    let comparison: BitComparison;
    beforeAll(() => {
      comparison = new BitComparison(threads);
    });
    afterAll(() => comparison.stop());

    it.each(allCases.map((cases) => [cases.kernel, cases] as const))(
      'give the bits of WebAssembly: %s',
      (_, cases) => {
        for (let round = 0; round < repeats * cases.rounds; round++) comparison.compare(cases, round);
      },
    );

    it.each([
      ['that has grown', 16 * 2 ** 20],
      ['above 2 GiB, where addresses are negative to 32-bit arithmetic', 2.5 * 2 ** 30],
    ])('give them in memory %s', (_, bytes) => {
      comparison.grow(bytes);
      for (const cases of allCases) for (let round = 0; round < 5; round++) comparison.compare(cases, round);
    });
  });
});
