import { describe, expect, it } from 'vitest';
import { rowReader } from '../../src/prediction/row-reader.js';

const row = (values: Record<string, unknown>) => ({ values });

describe('rowReader', () => {
  it('joins the columns of a text as training does, and takes numbers and missing cells as texts', () => {
    const read = rowReader({ textColumns: ['title', 'body'] });
    expect(read(row({ title: 'a', body: 'b', other: 'c' }))).toEqual({ text: 'a ¶ b' });
    expect(read(row({ title: 7 }))).toEqual({ text: '7 ¶ ' });
    expect(read(row({ title: ' ', body: null }))).toEqual({ text: '' });
    expect(read(row({ title: 'a', body: ['b'] }))).toBe('has a list as its text (column "body").');
  });

  it('gives numbers first, then one for each known value of a category, in the order of the config', () => {
    const categories = [['shop', 'web'], ['de']];
    const features = { numeric: ['price'], categorical: ['place', 'language'], categories };
    const read = rowReader({ textColumns: ['text'], features });
    const asked = { text: 'x', price: '2.5', place: 'web', language: 'de' };
    expect(read(row(asked))).toEqual({ text: 'x', features: [2.5, 0, 1, 1] });
    expect(read(row({ ...asked, place: 'street', language: undefined }))).toEqual({
      text: 'x',
      features: [2.5, 0, 0, 0],
    });
    expect(read(row({ ...asked, price: '' }))).toBe(
      'has nothing in column "price", where a number is expected.',
    );
  });
});
