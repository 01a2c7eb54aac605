import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequentRuns } from '../../src/batches/frequent-runs.js';
import { KnownRuns } from '../../src/text/known-runs.js';

const tokenCount = 6;

/** How often each run of 2 up to `longest` tokens comes, by its tokens, in the order in which they first come. */
function countedByHand(examples: readonly (readonly number[])[], longest: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const ids of examples) {
    for (let length = 2; length <= longest; length++) {
      for (let first = 0; first + length <= ids.length; first++) {
        const run = ids.slice(first, first + length).join(' ');
        counts.set(run, (counts.get(run) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** The tokens of each chosen run. */
function runsOf(pairs: Float32Array): string[] {
  const runs: string[] = [];
  for (let place = 0; place < pairs.length; place += 2) {
    const prefix = pairs[place];
    runs.push(`${prefix > 0 ? prefix : runs[-prefix - 1]} ${pairs[place + 1]}`);
  }
  return runs;
}

const texts = fc.array(fc.array(fc.integer({ min: 1, max: tokenCount - 1 }), { maxLength: 12 }), {
  maxLength: 12,
});

describe('the most frequent runs', () => {
  it('are those that come most often, twice or more, each behind its own beginning', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 20 }),
        (examples, longest, limit) => {
          const counts = countedByHand(examples, longest);
          const chosen = runsOf(frequentRuns(examples, { tokenCount, longest, limit }));
          const frequent = [...counts.values()].filter((count) => count >= 2).sort((a, b) => b - a);
          expect(chosen.map((run) => counts.get(run))).toEqual(frequent.slice(0, limit));
          expect(new Set(chosen).size).toBe(chosen.length);
        },
      ),
    );
  });

  it('are found again wherever they end, and no others', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (examples, limit) => {
        const longest = 3;
        const pairs = frequentRuns(examples, { tokenCount, longest, limit });
        const known = runsOf(pairs);
        const time = 12;
        const ids = new Int32Array(examples.length * time);
        examples.forEach((example, row) => {
          ids.set(example, row * time);
        });
        const found = new KnownRuns(pairs, tokenCount).endingAt(ids, { time, longest });
        examples.forEach((example, row) => {
          for (let place = 0; place < time; place++) {
            found.forEach((rows, i) => {
              const length = i + 2;
              const isInside = place < example.length && place + 1 >= length;
              const run = isInside ? example.slice(place + 1 - length, place + 1).join(' ') : '';
              expect(rows[row * time + place]).toBe(known.indexOf(run) + 1);
            });
          }
        });
      }),
    );
  });
});
