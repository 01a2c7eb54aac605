import { describe, expect, it } from 'vitest';
import { joinSplits } from '../../src/datasets/join-splits.js';
import { readAll } from '../../src/datasets/read-all.js';
import { relabelSplit } from '../../src/datasets/relabel-split.js';
import type { Target, TextSplit } from '../../src/datasets/split.js';
import { UserError } from '../../src/errors/user-error.js';

function splitOf(targets: readonly Target[], labels: readonly string[], contentHash = 'x'): TextSplit {
  const examples = targets.map((target, place) => ({ text: `text ${place}`, target }));
  return {
    ...{ kind: 'texts', name: 'train', labels, count: targets.length, contentHash },
    async *read() {
      yield examples;
    },
  };
}

const targetsOf = async (split: TextSplit) => (await readAll(split)).map(({ target }) => target);

describe('relabelSplit', () => {
  it('numbers targets by other labels, lists in rising order', async () => {
    const split = relabelSplit(splitOf([1, 0, [0, 1], []], ['b', 'a']), ['a', 'c', 'b']);
    expect(split.labels).toEqual(['a', 'c', 'b']);
    expect(await targetsOf(split)).toEqual([0, 2, [0, 2], []]);
  });

  it('leaves targets as they are where its labels are the first of the others', async () => {
    expect(await targetsOf(relabelSplit(splitOf([1, 0], ['a', 'b']), ['a', 'b', 'c']))).toEqual([1, 0]);
  });

  it('refuses labels that are not among the others', () => {
    expect(() => relabelSplit(splitOf([0], ['odd']), ['a', 'b'])).toThrow(UserError);
  });
});

describe('joinSplits', () => {
  it('reads one split after the other, and has a content of its own', async () => {
    const [one, other] = [splitOf([0, 1], ['a', 'b'], 'one'), splitOf([1], ['a', 'b'], 'other')];
    const joined = joinSplits(one, other);
    expect(joined.count).toBe(3);
    expect(await targetsOf(joined)).toEqual([0, 1, 1]);
    const hashes = [one, other, joined, joinSplits(other, one)].map(({ contentHash }) => contentHash);
    expect(new Set(hashes).size).toBe(4);
  });
});
