import { describe, expect, it } from 'vitest';
import { describeGuess, guessColumns } from '../../../src/datasets/files/guess-columns.js';

/** Rows of a table in which each column is a function of the row's number. */
const table = (columns: Record<string, (row: number) => unknown>, rows = 40) => ({
  columns: Object.keys(columns),
  rows: Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, cell]) => [name, cell(row)])),
  ),
});
const words = (row: number) => `this is text number ${row} of a few words`;
const guess = (columns: Record<string, (row: number) => unknown>) => {
  const { columns: names, rows } = table(columns);
  const found = guessColumns(names, rows);
  return [found.text?.column, found.label?.column];
};

describe('guessing columns', () => {
  it.each([
    ['id', 'review', 'sentiment'],
    ['id', 'Text', 'Label'],
    ['id', 'review_text', 'star_rating'],
    ['id', 'reviewText', 'overallClass'],
    ['id', 'Kommentar', 'Kategorie'],
    ['id', 'Reseña', 'Categoría'],
    ['id', 'commentaire', 'étiquette'],
    ['id', 'отзыв', 'метка'],
    ['id', 'コメント text', 'カテゴリ'],
    ['id', '评论', '标签'],
    ['id', 'BODY', 'y'],
    ['id', 'message', 'spam'],
  ])('goes by names: %s, %s, %s', (id, text, label) => {
    // Two other columns with few values, so that the content alone would not tell.
    const columns = {
      [id]: (row: number) => row,
      a: (row: number) => row % 2,
      [label]: (row: number) => row % 3,
      b: (row: number) => row % 2,
    };
    expect(guess({ ...columns, [text]: words })).toEqual([text, label]);
  });

  it('prefers a whole name to a word of one, and the surer name of two', () => {
    expect(
      guess({
        review_id: (row) => `r${row}`,
        content: words,
        text_length: (row) => row,
        stars: (row) => row % 5,
        label: (row) => row % 2,
      }),
    ).toEqual(['content', 'label']);
  });

  it('takes no column of numbers for texts, whatever it is called', () => {
    expect(guess({ text: (row) => row, opinion: words, label: (row) => row % 2 })).toEqual([
      'opinion',
      'label',
    ]);
    expect(guess({ text: (row) => String(row), opinion: words, label: (row) => row % 2 })).toEqual([
      'opinion',
      'label',
    ]);
  });

  it('goes by what is in the columns where names do not tell', () => {
    const long = (row: number) => `${words(row)} and ${words(row)}`;
    expect(guess({ 1: words, 2: (row) => ['no', 'yes'][row % 2], 3: long })).toEqual(['3', '2']);
    const found = guessColumns(
      ...(Object.values(table({ 1: words, 2: (row) => row % 2 })) as [string[], []]),
    );
    expect(describeGuess(found)).toBe(
      'text column "1" (its texts are the longest, 37 characters on average), label column "2" (the only other column with few different values, 2)',
    );
  });

  it('chooses no label among several columns that would do alike, and none that is free text or an id', () => {
    const { columns, rows } = table({ t: words, p: (row) => row % 2, q: (row) => row % 3, id: (row) => row });
    expect(guessColumns(columns, rows)).toMatchObject({ text: { column: 't' }, labelCandidates: ['p', 'q'] });
    expect(guess({ t: words, id: (row) => row, same: () => 'x' })).toEqual(['t', undefined]);
  });

  it('leaves columns alone that are something else', () => {
    const { columns, rows } = table({
      text: words,
      review: words,
      label: (row) => row % 2,
      stars: (row) => row % 5,
    });
    const found = guessColumns(columns, rows, { taken: ['text', 'label'] });
    expect([found.text?.column, found.label?.column]).toEqual(['review', 'stars']);
  });

  it('finds no text in nothing, and a label by its name alone', () => {
    expect(guessColumns([], [])).toEqual({ text: undefined, label: undefined, labelCandidates: [] });
    expect(guessColumns(['text', 'label'], [])).toMatchObject({
      ...{ text: undefined, label: { column: 'label' } },
    });
  });
});
