import { describe, expect, it } from 'vitest';
import { labellingSheet } from '../../src/curation/labelling-sheet.js';

const chosen = (values: Record<string, unknown>) => [
  { row: { file: 'a.csv', line: 2, values }, summary: 'positive', probability: 0.5 },
];

describe('labellingSheet', () => {
  it('keeps all columns in their order and adds the label, the rank and what the model says', () => {
    const sheet = labellingSheet(chosen({ id: '7', body: 'good' }), {
      columns: ['id', 'body'],
      labelColumn: 'mood',
    });
    expect(sheet.columns).toEqual(['id', 'body', 'mood', 'rank', 'predicted', 'probability']);
    expect(sheet.rows).toEqual([
      { id: '7', body: 'good', mood: '', rank: 1, predicted: 'positive', probability: 0.5 },
    ]);
  });

  it('leaves a label column where it is, and a column of the same name as it is', () => {
    const values = { label: null, text: 'good', rank: '3' };
    const sheet = labellingSheet(chosen(values), {
      columns: ['label', 'text', 'rank'],
      labelColumn: 'label',
    });
    expect(sheet.columns).toEqual(['label', 'text', 'rank', 'rank_2', 'predicted', 'probability']);
    expect(sheet.rows[0]).toMatchObject({ label: '', text: 'good', rank: '3', rank_2: 1 });
  });
});
