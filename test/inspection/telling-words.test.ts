import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tellingWords } from '../../src/inspection/telling-words.js';
import { WordCounts } from '../../src/inspection/word-counts.js';

/** Made by scripts/golden/telling_words.py. */
const golden = JSON.parse(
  readFileSync(new URL('../golden/inspection/telling-words.json', import.meta.url), 'utf8'),
) as { texts: { label: string; words: string }[]; z: Record<string, Record<string, number>> };
const labels = Object.keys(golden.z);

function counted(limits?: { words: number; pairs: number }): WordCounts {
  const counts = new WordCounts(limits);
  for (const { label, words } of golden.texts) counts.add(words.split(' '), [labels.indexOf(label)]);
  return counts;
}

describe('tellingWords', () => {
  it('has the z-scores of the formula, largest first', () => {
    const found = tellingWords(counted(), { labels: labels.length, most: 1000 });
    for (const [index, label] of labels.entries()) {
      const expected = Object.entries(golden.z[label])
        .filter(([, z]) => z >= 1.96)
        .sort(([, one], [, other]) => other - one);
      expect(expected.length).toBeGreaterThan(2);
      expect(found[index].map(({ word }) => word)).toEqual(expected.map(([word]) => word));
      for (const [place, [, z]] of expected.entries()) expect(found[index][place].z).toBeCloseTo(z, 10);
    }
  });

  it('has nothing to say of a single label, or of none', () => {
    const counts = new WordCounts();
    counts.add(['a', 'a', 'b'], [0]);
    expect(tellingWords(counts, { labels: 1 })).toEqual([[]]);
    expect(tellingWords(new WordCounts(), { labels: 0 })).toEqual([]);
  });

  it('is silent where both labels have the same only word', () => {
    const counts = new WordCounts();
    for (const label of [0, 1]) counts.add(['same'], [label]);
    expect(tellingWords(counts, { labels: 2 })).toEqual([[], []]);
  });
});

describe('WordCounts', () => {
  it('forgets the rarest words when there are too many, and keeps the counts of the others', () => {
    const pruned = counted({ words: 30, pairs: 1000 });
    expect(pruned.isPruned).toBe(true);
    const all = new Map([...counted().entries()].map((entry) => [entry.word, entry]));
    const kept = [...pruned.entries()];
    expect(kept.length).toBeLessThanOrEqual(30);
    const [frequent] = [...all.values()].sort((one, other) => other.total - one.total);
    expect(kept.find(({ word }) => word === frequent.word)).toEqual(frequent);
    for (const { word, total, byLabel } of kept) {
      expect(total).toBeLessThanOrEqual(all.get(word)?.total ?? 0);
      expect(byLabel.reduce((sum, [, count]) => sum + count, 0)).toBe(total);
    }
  });
});
