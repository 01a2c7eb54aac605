import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import type { UserError } from '../../src/errors/user-error.js';
import { questionReader } from '../../src/prediction/question-reader.js';

function readerOf(dataset: Record<string, unknown>) {
  const config = fillConfig(
    { dataset: { name: 'files', train: 'a.csv', ...dataset }, model: { layers: [{ cell: 'gru' }] } },
    'test',
  );
  return questionReader(config.dataset);
}

const priced = {
  columns: { title: 'subject', body: 'message' },
  features: { numeric: ['price'], categorical: ['place'], categories: [['shop', 'web']] },
};

function errorOf(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    return error as UserError;
  }
  throw new Error('it did not throw');
}

describe('a question', () => {
  it('is a text, or an object with the text under its own name or that of the column', () => {
    const reader = readerOf({ text: 'review' });
    expect(reader.columns).toEqual(['review']);
    expect(reader.read('good', 0)).toBe('good');
    expect(reader.read({ text: 'good' }, 0)).toEqual({ text: 'good' });
    expect(reader.read({ review: 'good', text: 'other' }, 0)).toEqual({ text: 'good' });
    expect(reader.read({ id: 7, text: 'good' }, 0)).toEqual({ text: 'good' });
  });

  it('may be a row whose columns are joined as in training, with numbers and categories in their order', () => {
    const reader = readerOf(priced);
    expect(reader.columns).toEqual(['subject', 'message', 'price', 'place']);
    const row = { place: 'web', message: 'b', subject: 'a', price: '2.5', other: [] };
    expect(reader.read(row, 0)).toEqual({ text: 'a ¶ b', features: [2.5, 0, 1] });
    expect(reader.read({ text: 'a', features: [1, 0, 0] }, 0)).toEqual({ text: 'a', features: [1, 0, 0] });
    expect(reader.read('a ¶ b', 0)).toBe('a ¶ b');
  });

  it('names every column that is missing, what is there, and what was likely meant', () => {
    const error = errorOf(() => readerOf(priced).read({ subjekt: 'a', message: 'b', place: 'web' }, 2));
    expect(error.name).toBe('UserError');
    expect(error.message).toBe(
      'Text 3 lacks the columns "subject", "price"; it has "subjekt", "message", "place".',
    );
    expect(error.hint).toBe(
      'Is "subjekt" what "subject" should be? Give an object with all columns of the run: ' +
        'predict({ "subject": ..., "message": ..., "price": ..., "place": ... }).',
    );
    expect(errorOf(() => readerOf({ text: 'review' }).read({}, 0)).message).toBe(
      'Text 1 lacks the column "review"; it has nothing.',
    );
    expect(errorOf(() => readerOf({ text: 'constructor' }).read({}, 0)).message).toContain('"constructor"');
  });

  it('is refused where it is neither, as JSON may be', () => {
    const { read } = readerOf({ text: 'review' });
    const messages = [null, undefined, 7, ['a'], true].map(
      (question) => errorOf(() => read(question as never, 1)).message,
    );
    expect(messages).toEqual([
      ...['Text 2 is null.', 'Text 2 is undefined.', 'Text 2 is a number.', 'Text 2 is a list.'],
      'Text 2 is a boolean.',
    ]);
  });

  it('is refused where a cell cannot be used', () => {
    const row = { subject: 'a', message: 'b', price: 'dear', place: 'web' };
    expect(errorOf(() => readerOf(priced).read(row, 0)).message).toBe(
      'Text 1 has "dear" in column "price", where a number is expected.',
    );
    expect(errorOf(() => readerOf(priced).read({ ...row, subject: ['a'] }, 0)).message).toBe(
      'Text 1 has a list as its text (column "subject").',
    );
    expect(errorOf(() => readerOf(priced).read({ ...row, subject: '', message: ' ' }, 0)).message).toBe(
      'Text 1 is empty.',
    );
  });
});
