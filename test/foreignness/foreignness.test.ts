import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitForeignness, judgeText, learnGrams } from '../../src/foreignness/fit-foreignness.js';
import { parseForeignness, serializeForeignness } from '../../src/foreignness/foreignness-file.js';
import { surpriseOf } from '../../src/foreignness/gram-model.js';
import { tinyConfig } from '../runs/tiny-run.js';

const { text } = tinyConfig();
const words = ['the', 'film', 'was', 'good', 'bad', 'a', 'great', 'story', 'and', 'not', 'boring', 'actors'];
const sentence = (number: number) =>
  Array.from({ length: 6 + (number % 20) }, (_, place) => words[(number * 7 + place * place * 5) % 12]).join(
    ' ',
  );
const texts = Array.from({ length: 600 }, (_, number) => sentence(number));
const grams = learnGrams(texts.slice(0, 400), text);
const foreignness = fitForeignness(grams, texts.slice(400), { quantile: 0.05, text });

describe('foreignness', () => {
  it('is above the threshold for the given share of held-out texts, at most', () => {
    const heldOut = texts.slice(400);
    const called = heldOut.filter((each) => judgeText(each, foreignness).unknown).length;
    expect(called / heldOut.length).toBeLessThanOrEqual(0.05);
    expect(called / heldOut.length).toBeGreaterThan(0.01);
  });

  it('is large for another language and for noise, and small for texts of the same kind, short ones too', () => {
    for (const foreign of ['Der Zug nach München fährt heute nicht', 'xq zzv kjw pq vvx qqj wxk zq']) {
      expect(judgeText(foreign, foreignness).unknown).toBe(true);
    }
    for (const own of ['the film was good', 'a great story', 'good']) {
      expect(judgeText(own, foreignness).unknown).toBe(false);
    }
  });

  it('is a number for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) =>
        Number.isFinite(judgeText(any, foreignness).foreignness),
      ),
    );
  });

  it('counts from the mean of held-out texts in their deviations, and is compared in those of the length', () => {
    const { mean, between, within, deviation } = foreignness;
    for (const each of ['the film', 'the film was zzz and not boring']) {
      const surprise = surpriseOf(each, grams);
      const judged = judgeText(each, foreignness);
      expect(judged.foreignness).toBeCloseTo((surprise.mean - mean) / deviation, 12);
      const ofLength = Math.sqrt(between + within / surprise.grams);
      expect(judged.excess).toBeCloseTo((surprise.mean - mean) / ofLength, 12);
    }
    const scores = texts.slice(400).map((each) => judgeText(each, foreignness).foreignness);
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeCloseTo(0, 9);
    expect(scores.reduce((sum, score) => sum + score ** 2, 0) / scores.length).toBeCloseTo(1, 9);
  });

  it('can be fitted on a single held-out text', () => {
    const { threshold } = fitForeignness(grams, ['good'], { quantile: 0.01, text });
    expect(threshold).toBe(0);
  });
});

describe('its file', () => {
  it('gives back what was written', () => {
    const read = parseForeignness(serializeForeignness(foreignness), 'x');
    expect(read).toEqual(foreignness);
  });

  it('judges as it did when the first version wrote it', async () => {
    const content = gunzipSync(await readFile('test/golden/foreignness/version-1.bin.gz'));
    const judgements: { text: string; foreignness: number; unknown: boolean }[] = JSON.parse(
      await readFile('test/golden/foreignness/version-1.json', 'utf8'),
    );
    const first = parseForeignness(content, 'x');
    for (const { text: each, ...expected } of judgements) {
      expect(judgeText(each, first)).toMatchObject(expected);
    }
    expect(() => parseForeignness(content.subarray(0, 5000), 'x')).toThrow(
      /^x holds tables of \d+ bytes, expected 327680\.$/,
    );
  });

  it('is refused when it is cut off or another form', () => {
    const content = serializeForeignness(foreignness);
    const bytes = 3 * grams.tags.length;
    expect(() => parseForeignness(content.subarray(0, -5), 'm/foreignness.bin')).toThrow(
      `m/foreignness.bin holds tables of ${bytes - 5} bytes, expected ${bytes}.`,
    );
    expect(() => parseForeignness(Buffer.from('{"version":3}\n'), 'x')).toThrow(
      'x has a form that this version does not know.',
    );
    expect(() => parseForeignness(Buffer.from('PK\n'), 'x')).toThrow('x does not begin with a line of JSON.');
  });
});
