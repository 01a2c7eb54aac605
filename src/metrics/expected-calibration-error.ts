import type { ReliabilityBin } from './reliability-table.js';

/**
 * Expected calibration error (Naeini et al. 2015; Guo et al. 2017): by how much confidence and accuracy differ, on
 * average over the rows, as far as bins tell: the sum of rows in the bin / all rows x |accuracy - mean confidence|.
 *
 * @param table what `reliabilityTable` makes; its 15 bins of equal width are the customary ones
 * @returns 0 to 1; `NaN` for no rows
 */
export function expectedCalibrationError(table: readonly ReliabilityBin[]): number {
  let total = 0;
  let all = 0;
  for (const { rows, meanConfidence, accuracy } of table) {
    if (meanConfidence === null || accuracy === null) continue;
    total += rows * Math.abs(accuracy - meanConfidence);
    all += rows;
  }
  return total / all;
}
