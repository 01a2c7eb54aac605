import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { mergeRounds } from '../../../scripts/bench/merge-rounds.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { ratios } from '../../../scripts/bench/ratios.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { timesTable, variantsTable } from '../../../scripts/bench/report.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { summaryTable } from '../../../scripts/bench/summary-table.mjs';
import { answerOf } from './answer-of.js';

const results = {
  relaxed: mergeRounds([answerOf('imdb-rnn', { train: { step: 20 }, predict: { batch: 5 } })]),
  keras: mergeRounds([answerOf('Keras', { train: { fit: 50, function: 40 }, predict: { function: 10 } })]),
  onnx: mergeRounds([answerOf('ONNX Runtime', { train: {}, predict: { GRU: 8 } })]),
};
const outcomes = Object.entries(results).map(([key, result]) => ({ key, title: key.toUpperCase(), result }));
const peak = { instructions: 'AVX2', threads: 2, one: 110, all: 200 };
const batch = { gflop: { train: 2, predict: 0.5 }, batchSize: 32, peak };
const rowOf = (table: string, start: string) =>
  table
    .split('\n')
    .find((line) => line.startsWith(start))
    ?.trim()
    .split(/\s{2,}/);

describe("the report's tables", () => {
  it('have a row for each contender, with dashes where one does not train', () => {
    const table = timesTable(outcomes, batch);
    expect(rowOf(table, 'RELAXED')).toEqual([
      'RELAXED',
      '20.0',
      '5.0',
      '1600',
      '100.0',
      '50.0 %',
      '100',
      '-',
    ]);
    expect(rowOf(table, 'ONNX')).toEqual(['ONNX', '-', '8.0', '-', '-', '-', '100', '-']);
  });

  it('leave the share of the peak open where that was not measured', () => {
    const table = timesTable(outcomes, { ...batch, peak: { missing: 'no compiler' } });
    expect(rowOf(table, 'RELAXED')).toEqual(['RELAXED', '20.0', '5.0', '1600', '100.0', '-', '100', '-']);
  });

  it('list the ways in which a rival was measured where there are several', () => {
    const table = variantsTable(outcomes);
    expect(rowOf(table, 'Keras')).toEqual(['Keras 1.0', 'train', 'fit', '50.0']);
    expect(table).toMatch(/function +40\.0 +fastest/);
    expect(table).not.toContain('ONNX');
  });

  it('sum up each model against the faster rival and, where it was measured, ONNX Runtime', () => {
    const data = { model: { parameters: 1_234 } };
    const work = (name: string, measured: object) => ({ work: name, data, ratios: ratios(measured) });
    const { onnx, ...others } = results;
    const table = summaryTable([work('one', results), work('other', others)]);
    expect(table).toMatch(
      /one +1,234 +fastest variant +20\.0 +40\.0 +0\.50 +Keras, function +5\.0 +10\.0 +0\.50/,
    );
    expect(table).toMatch(/ONNX Runtime +- +- +- +5\.0 +8\.0 +0\.6[23] +ONNX Runtime, GRU/);
    expect(table.match(/ONNX Runtime, GRU/g)).toHaveLength(1);
  });
});
