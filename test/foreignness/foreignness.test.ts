import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitForeignness, foreignnessOf, learnGrams } from '../../src/foreignness/fit-foreignness.js';
import { parseForeignness, serializeForeignness } from '../../src/foreignness/foreignness-file.js';
import { gramText, natsPerStep, surpriseOf } from '../../src/foreignness/gram-table.js';
import { tinyConfig } from '../runs/tiny-run.js';

const { text } = tinyConfig();
const words = ['the', 'film', 'was', 'good', 'bad', 'a', 'great', 'story', 'and', 'not', 'boring', 'actors'];
const sentence = (number: number) =>
  Array.from({ length: 6 + (number % 20) }, (_, place) => words[(number * 7 + place * place * 5) % 12]).join(
    ' ',
  );
const texts = Array.from({ length: 600 }, (_, number) => sentence(number));
const table = learnGrams(texts.slice(0, 400), text);
const foreignness = fitForeignness(table, texts.slice(400), { quantile: 0.05, text });

describe('surprise', () => {
  it('is -ln of the smoothed share of the last character behind the three before it', () => {
    // " aaaa " has the runs " aaa", "aaaa", "aaa ": behind "aaa" came "a" and " " once each, behind " aa" only "a".
    const learnt = learnGrams(['aaaa'], text);
    const nats = (count: number, context: number) => -Math.log((count + 0.1) / (context + 20));
    const exact = (nats(1, 1) + nats(1, 2) + nats(1, 2)) / 3;
    expect(surpriseOf('aaaa', learnt).grams).toBe(3);
    expect(Math.abs(surpriseOf('aaaa', learnt).mean - exact)).toBeLessThanOrEqual(natsPerStep / 2);
    const unseen = (nats(0, 0) + nats(0, 0)) / 2;
    expect(Math.abs(surpriseOf('zz', learnt).mean - unseen)).toBeLessThanOrEqual(natsPerStep / 2);
  });

  it('does not depend on the layout of a text', () => {
    expect(gramText('a  b<br /><br />c\n')).toBe(' a b c ');
  });
});

describe('foreignness', () => {
  it('is above the threshold for the given share of held-out texts, at most', () => {
    const scores = texts.slice(400).map((each) => foreignnessOf(each, foreignness));
    const above = scores.filter((score) => score > foreignness.threshold).length;
    expect(above / scores.length).toBeLessThanOrEqual(0.05);
    expect(above / scores.length).toBeGreaterThan(0.01);
  });

  it('is large for another language and for noise, and small for texts of the same kind, short ones too', () => {
    for (const foreign of ['Der Zug nach München fährt heute nicht', 'xq zzv kjw pq vvx qqj wxk zq']) {
      expect(foreignnessOf(foreign, foreignness)).toBeGreaterThan(foreignness.threshold);
    }
    for (const own of ['the film was good', 'a great story', 'good']) {
      expect(foreignnessOf(own, foreignness)).toBeLessThan(foreignness.threshold);
    }
  });

  it('is a number for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => Number.isFinite(foreignnessOf(any, foreignness))),
    );
  });

  it('can be fitted on a single held-out text', () => {
    const { threshold } = fitForeignness(table, ['good'], { quantile: 0.01, text });
    expect(threshold).toBe(0);
  });
});

describe('its file', () => {
  it('gives back what was written', () => {
    const read = parseForeignness(serializeForeignness(foreignness), 'x');
    const { table: tables, ...numbers } = foreignness;
    expect(read).toMatchObject(numbers);
    // Compared as bytes: a difference of arrays so long takes minutes to be shown.
    expect(Buffer.compare(read.table.seen, tables.seen)).toBe(0);
    expect(Buffer.compare(read.table.unseen, tables.unseen)).toBe(0);
  });

  it('is refused when it is cut off or another form', () => {
    const content = serializeForeignness(foreignness);
    expect(() => parseForeignness(content.subarray(0, 5000), 'm/foreignness.bin')).toThrow(
      /^m\/foreignness.bin holds tables of \d+ bytes, expected 327680\.$/,
    );
    expect(() => parseForeignness(Buffer.from('{"version":2}\n'), 'x')).toThrow(
      'x has a form that this version does not know.',
    );
    expect(() => parseForeignness(Buffer.from('PK\n'), 'x')).toThrow('x does not begin with a line of JSON.');
  });
});
