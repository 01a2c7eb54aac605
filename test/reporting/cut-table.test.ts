import { describe, expect, it } from 'vitest';
import { cutTable } from '../../src/reporting/cut-table.js';
import type { FigureTable } from '../../src/tasks/figure.js';

const figures: FigureTable = {
  ...{ kind: 'figures', title: 'Labels', corner: 'label' },
  columns: [
    { title: 'F1', form: 'share' },
    { title: 'examples', form: 'count' },
  ],
  rows: [5, 90, 7, 90, 3].map((examples, label) => ({ name: `label ${label}`, values: [0.9, examples] })),
};
const confusion: FigureTable = {
  ...{ kind: 'confusion', title: 'Confusion matrix', corner: 'truly' },
  columns: ['a', 'b', 'c'].map((title) => ({ title, form: 'count' })),
  rows: [
    { name: 'a', values: [1, 2, 3] },
    { name: 'b', values: [0, 1, 0] },
    { name: 'c', values: [9, 8, 7] },
  ],
};

describe('cutting a table', () => {
  it('leaves one that is short enough as it is', () => {
    expect(cutTable(figures, { rows: 5 })).toEqual({ table: figures });
    expect(cutTable(confusion, { rows: 3 })).toEqual({ table: confusion });
  });

  it('keeps the rows with the most examples, in their order, and says so', () => {
    const { table, note } = cutTable(figures, { rows: 3 });
    expect(table.rows.map(({ name }) => name)).toEqual(['label 1', 'label 2', 'label 3']);
    expect(table.columns).toEqual(figures.columns);
    expect(note).toBe('Labels: the 3 of 5 with the most examples');
  });

  it('keeps the same labels in the rows and columns of a matrix', () => {
    const { table, note } = cutTable(confusion, { rows: 2 });
    expect(table.columns.map(({ title }) => title)).toEqual(['a', 'c']);
    expect(table.rows).toEqual([
      { name: 'a', values: [1, 3] },
      { name: 'c', values: [9, 7] },
    ]);
    expect(note).toBe('Confusion matrix: the 2 of 3 with the most examples');
  });
});
