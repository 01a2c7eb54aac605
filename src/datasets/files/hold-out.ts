import { Random } from '../../random/random.js';
import { assignSides } from './assign-sides.js';
import type { FilesSettings } from './settings.js';
import type { SurveyedRows } from './survey-rows.js';

/**
 * The side of each row, `[rows]`: 0 left out, else 1 + its index in `fileParts`. Rows of files keep their part; of the
 * training rows the shares are held out for which there is no file. Rows with the same text or group stay together.
 *
 * @param options.leftOut rows that count no more
 */
export function holdOut(
  rows: SurveyedRows,
  { split }: Pick<FilesSettings, 'split'>,
  options: { readonly leftOut: Uint8Array; readonly hasPart: readonly boolean[] },
): Uint8Array {
  const { leftOut, hasPart } = options;
  const sides = Uint8Array.from(rows.part, (part, row) => (leftOut[row] ? 0 : part + 1));
  const validation = hasPart[1] ? 0 : (split.validation ?? 0);
  const test = hasPart[2] ? 0 : split.test;
  if (validation + test === 0) return sides;
  const training: number[] = [];
  sides.forEach((side, row) => {
    if (side === 1) training.push(row);
  });
  const units = unitsOf(rows, training);
  const labelOffsets = new Int32Array(training.length + 1);
  const labels: number[] = [];
  training.forEach((row, place) => {
    for (let at = rows.labelOffsets[row]; at < rows.labelOffsets[row + 1]; at++) labels.push(rows.labels[at]);
    labelOffsets[place + 1] = labels.length;
  });
  const assigned = assignSides(
    { units, labelOffsets, labels: Int32Array.from(labels), labelCount: rows.labelNames.length },
    [1 - validation - test, validation, test],
    new Random(`files ${split.seed}`),
  );
  training.forEach((row, place) => {
    sides[row] = assigned[place] + 1;
  });
  return sides;
}

/** Rows that share a text or a group, directly or through others, have the same unit: the first of their rows. */
function unitsOf({ first, group }: SurveyedRows, chosen: readonly number[]): Int32Array {
  const parents = Int32Array.from(first, (_, row) => row);
  const root = (row: number) => {
    let at = row;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  };
  const join = (one: number, other: number) => {
    const [a, b] = [root(one), root(other)];
    parents[Math.max(a, b)] = Math.min(a, b);
  };
  for (const row of chosen) {
    join(row, first[row]);
    join(row, group[row]);
  }
  return Int32Array.from(chosen, root);
}
