import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectRows } from '../../src/inspection/inspect-rows.js';
import type { Row } from '../../src/rows/row.js';
import { labelled, rowsOf } from './row-of.js';

const inspect = (rows: readonly Row[], portion = 3) => {
  const portions = Array.from({ length: Math.ceil(rows.length / portion) }, (_, index) =>
    rows.slice(index * portion, (index + 1) * portion),
  );
  return inspectRows(portions, { textColumn: 'text', labelColumn: 'label' });
};

describe('inspectRows', () => {
  it('finds empty, repeated and contradictory texts with their lines', async () => {
    const inspection = await inspect(
      labelled(
        ['good', 'pos'], // line 2
        [' ', 'pos'],
        ['bad', 'neg'],
        ['good', 'pos'], // 5: repeats 2
        ['  good\n', 'neg'], // 6: contradicts 2
        ['good', 'neg'], // 7: once more
        [null, 'neg'],
        ['bad', null], // 9: repeats, contradicts nothing
      ),
    );
    const place = (line: number) => ({ file: 'data.csv', line });
    expect(inspection.rows).toBe(8);
    expect(inspection.empty).toEqual({ rows: 2, places: [place(3), place(8)] });
    expect(inspection.duplicates).toEqual({
      rows: 4,
      places: [
        { ...place(5), first: place(2) },
        { ...place(6), first: place(2) },
        { ...place(7), first: place(2) },
        { ...place(9), first: place(4) },
      ],
    });
    expect(inspection.contradictions).toEqual({ texts: 1, places: [{ ...place(6), first: place(2) }] });
    expect(inspection.labels).toEqual({
      counts: [
        { label: 'neg', count: 3 },
        { label: 'pos', count: 2 },
      ],
      ...{ unlabelled: 1, several: 0, hasMore: false },
    });
  });

  it('names at most five places and counts all', async () => {
    const { empty } = await inspect(labelled(...Array.from({ length: 9 }, () => ['', 'a'] as const)));
    expect(empty.rows).toBe(9);
    expect(empty.places.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  });

  it('measures lengths in code points, UTF-8 bytes and words', async () => {
    const { lengths } = await inspect(labelled(['héllo 😀', 'a'], ['one two three', 'a']));
    expect([lengths.characters.minimum, lengths.characters.maximum]).toEqual([7, 13]);
    expect([lengths.bytes.minimum, lengths.bytes.maximum]).toEqual([11, 13]);
    expect([lengths.words.minimum, lengths.words.mean, lengths.words.maximum]).toEqual([1, 2, 3]);
  });

  it('takes texts with several labels, whose order does not matter', async () => {
    const { labels, contradictions } = await inspect(
      labelled(['x', ['a', 'b']], ['x', ['b', 'a']], ['x', ['a']], ['y', []]),
    );
    expect(labels).toMatchObject({ unlabelled: 1, several: 2 });
    expect(labels?.counts).toEqual([
      { label: 'a', count: 3 },
      { label: 'b', count: 2 },
    ]);
    expect(contradictions.texts).toBe(1);
  });

  it('bears one label, 300 labels, and no column of labels', async () => {
    const one = await inspect(labelled(['good film', 'a'], ['bad film', 'a']));
    expect(one.tellingWords).toEqual([{ label: 'a', words: [] }]);
    const many = await inspect(
      labelled(
        ...Array.from({ length: 3000 }, (_, index) => [`w${index % 300} the film`, index % 300] as const),
      ),
      500,
    );
    expect(many.labels?.counts).toHaveLength(300);
    expect(many.tellingWords).toHaveLength(20);
    expect(many.tellingWords[7].words.map(({ word }) => word)).toEqual([`w${many.tellingWords[7].label}`]);
    const none = await inspectRows([labelled(['a', 'b'])], { textColumn: 'text' });
    expect([none.labels, none.tellingWords]).toEqual([null, []]);
  });

  it('says what each column holds, and which hardly changes', async () => {
    const rows = rowsOf(
      Array.from({ length: 100 }, (_, index) => ({
        text: `text ${index}`,
        label: index % 2,
        source: index === 0 ? 'b' : 'a',
        note: null,
      })),
    );
    const { columns } = await inspect(rows);
    expect(columns.map(({ name, isNearConstant }) => [name, isNearConstant])).toEqual([
      ['text', false],
      ['label', false],
      ['source', true],
      ['note', true],
    ]);
    expect(columns[1]).toMatchObject({ filled: 100, kinds: ['number'], distinct: 2, hasMore: false });
    expect(columns[2].mostCommon).toEqual({ value: 'a', rows: 99 });
    expect(columns[3]).toMatchObject({ filled: 0, kinds: [], mostCommon: null });
  });

  it('counts texts in any writing by its marks', async () => {
    const { marks, writing } = await inspect(
      labelled(['Itâ€™s <b>5</b> &amp; 🙂', 'a'], ['مرحبا بكم https://x.org', 'b'], ['电影很好', 'c']),
    );
    const rows = Object.fromEntries(Object.entries(marks).map(([mark, found]) => [mark, found.rows]));
    expect(rows).toEqual({
      ...{
        mojibake: 1,
        replacementCharacters: 0,
        htmlTags: 1,
        htmlEntities: 1,
        urls: 1,
        emoji: 1,
        digits: 1,
      },
    });
    expect(writing.scripts.map(({ script }) => script)).toEqual(['Latin', 'Arabic', 'Han']);
  });

  it('never throws, and every count stays within the rows', async () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.anything());
    const rows = fc.array(fc.dictionary(fc.constantFrom('text', 'label', '__proto__', 'x'), value));
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const inspection = await inspect(rowsOf(values));
        expect(inspection.rows).toBe(values.length);
        const texts = inspection.lengths.words.histogram.reduce((sum, each) => sum + each.texts, 0);
        expect(texts + inspection.empty.rows).toBe(values.length);
        expect(() => JSON.stringify(inspection)).not.toThrow();
        for (const { share } of inspection.writing.scripts) expect(share).toBeGreaterThan(0);
      }),
    );
  });
});
