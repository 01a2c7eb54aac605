import { describe, expect, it } from 'vitest';
import { formatReviewLine, readReviewLines } from '../../../src/datasets/acl-imdb/review-lines.js';
import type { Example } from '../../../src/datasets/split.js';

const lines = Array.from({ length: 1203 }, (_, id) =>
  formatReviewLine({ id, label: id % 2, rating: 9, text: `Review ${id}: é 😀\n\u2028` }),
);

async function portionsOf(content: string): Promise<Example[][]> {
  const portions: Example[][] = [];
  for await (const portion of readReviewLines(Buffer.from(content), 'train.jsonl')) portions.push(portion);
  return portions;
}

describe('readReviewLines', () => {
  it('gives all reviews in their order, some at a time, with or without a last line break', async () => {
    const expected = lines.map((_, id) => ({ text: `Review ${id}: é 😀\n\u2028`, target: id % 2 }));
    for (const content of [lines.join(''), lines.join('').slice(0, -1)]) {
      const portions = await portionsOf(content);
      expect(portions.length).toBeGreaterThan(1);
      expect(Math.max(...portions.map((portion) => portion.length))).toBeLessThan(lines.length);
      expect(portions.flat()).toEqual(expected);
    }
    expect(await portionsOf('')).toEqual([]);
  });

  it.each([
    ['is no JSON', 'nonsense\n'],
    ['is empty', '\n'],
    ['has no text', '{"label":1}\n'],
    ['has no label', '{"text":"Good."}\n'],
    ['is null', 'null\n'],
  ])('names the line that %s, also behind the first portion', async (_fault, wrong) => {
    const content = [...lines.slice(0, 1000), wrong, ...lines.slice(1000)].join('');
    await expect(portionsOf(content)).rejects.toThrow(
      `train.jsonl, line 1001: expected a review such as {"id":0,"label":1,"rating":9,"text":"..."}, got ${wrong.trimEnd()}`,
    );
  });
});
