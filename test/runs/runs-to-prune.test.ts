import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressNames } from '../../src/runs/run-progress.js';
import { type PruneRules, runsToPrune } from '../../src/runs/runs-to-prune.js';

const day = 86_400_000;
const now = 100 * day;
const runs = [
  { name: 'e', status: 'running', created: now - 90 * day },
  { name: 'd', status: 'finished', created: now - 40 * day },
  { name: 'c', status: 'interrupted', created: now - 30 * day },
  { name: 'b', status: 'unfinished', created: now - 5 * day },
  { name: 'a', status: 'finished', created: now - 1 * day },
] as const;
const going = (rules: PruneRules) => runsToPrune(runs, { ...rules, now }).map(({ name }) => name);

describe('pruning', () => {
  it.each<[PruneRules, string[]]>([
    [{ keep: 2 }, ['d', 'c']],
    [{ keep: 0 }, ['d', 'c', 'b', 'a']],
    [{ keep: 9 }, []],
    [{ olderThan: (30 * day) / 1000 }, ['d', 'c']],
    [{ unfinished: true }, ['c', 'b']],
    [{ unfinished: true, olderThan: (10 * day) / 1000 }, ['c']],
    [{ keep: 3, olderThan: day / 1000 }, ['d']],
  ])('by %j lets go %j', (rules, names) => {
    expect(going(rules)).toEqual(names);
  });

  it('never takes a run that is being trained, nor one of the newest, nor more than by one rule less', () => {
    const run = fc.record({
      status: fc.constantFrom(...progressNames),
      created: fc.integer({ min: 0, max: now }),
    });
    const rules = fc.record(
      { keep: fc.nat(5), olderThan: fc.nat(100_000), unfinished: fc.boolean() },
      { requiredKeys: ['keep'] },
    );
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), rules, (some, { keep, ...others }) => {
        const gone = runsToPrune(some, { keep, ...others, now });
        expect(gone.every(({ status }) => status !== 'running')).toBe(true);
        expect(some.length - gone.length).toBeGreaterThanOrEqual(Math.min(keep, some.length));
        const oldestKept = [...some].sort((one, other) => other.created - one.created)[keep - 1];
        if (oldestKept) expect(gone.every(({ created }) => created <= oldestKept.created)).toBe(true);
        const more = runsToPrune(some, { ...others, now });
        expect(gone.every((each) => more.includes(each))).toBe(true);
      }),
    );
  });
});
