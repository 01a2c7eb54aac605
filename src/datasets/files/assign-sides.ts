import type { Random } from '../../random/random.js';

/** Rows that are to be shared out, each with its labels. */
export interface SharedRows {
  /** Of each row the unit that it belongs to, `[rows]`, as some number from 0 on: rows of one unit stay together. */
  readonly units: Int32Array;
  /** `[rows + 1]`: where the labels of each row begin. */
  readonly labelOffsets: Int32Array;
  readonly labels: Int32Array;
  readonly labelCount: number;
}

/**
 * Shares rows out at random, each label in the same shares, and whole units only: one unit after another, the large ones
 * first, goes to the side that most lacks what it holds (the least growth of chi-square, the sum over labels and sides of
 * (has - wanted)^2 / wanted, in which all rows together count as a label, too). Of units of one row and one label each side
 * so gets its share rounded, as by Sainte-Laguë. Of each label at least one row stays on the first side.
 *
 * @param shares of the sides, the first one's first, together 1; a side of share 0 gets nothing
 * @returns the side of each row, `[rows]`
 */
export function assignSides(rows: SharedRows, shares: readonly number[], random: Random): Uint8Array {
  const { units, labelCount } = rows;
  const rowsOf = groupRows(units);
  const order = orderUnits(rowsOf, random);
  const width = labelCount + 1;
  const totals = new Float64Array(width);
  for (let row = 0; row < units.length; row++) for (const label of labelsOf(rows, row)) totals[label]++;
  const open = shares.flatMap((share, side) => (share > 0 ? [side] : []));
  const has = shares.map(() => new Float64Array(width));
  const sideOfUnit = new Uint8Array(rowsOf.offsets.length - 1);

  for (const unit of order) {
    const counts = countLabels(rows, rowsOf, unit);
    let [best, least] = [open[0], Number.POSITIVE_INFINITY];
    for (const side of open) {
      let growth = 0;
      for (const [label, count] of counts) {
        const wanted = shares[side] * totals[label];
        growth += (count * (count + 2 * (has[side][label] - wanted))) / wanted;
      }
      if (growth < least) [best, least] = [side, growth];
    }
    sideOfUnit[unit] = best;
    for (const [label, count] of counts) has[best][label] += count;
  }
  keepEachLabel(rows, { rowsOf, order, has, sideOfUnit });
  const { index } = rowsOf;
  return Uint8Array.from(units, (unit) => sideOfUnit[index[unit]]);
}

interface GroupedRows {
  /** By a unit's number its place; -1 where no row has the number. */
  readonly index: Int32Array;
  /** `[units + 1]` */
  readonly offsets: Int32Array;
  /** The rows of one unit after the other. */
  readonly rows: Int32Array;
}

function groupRows(units: Int32Array): GroupedRows {
  const largest = units.reduce((most, unit) => Math.max(most, unit), -1);
  const index = new Int32Array(largest + 1).fill(-1);
  let count = 0;
  for (const unit of units) if (index[unit] < 0) index[unit] = count++;
  const offsets = new Int32Array(count + 1);
  for (const unit of units) offsets[index[unit] + 1]++;
  for (let unit = 0; unit < count; unit++) offsets[unit + 1] += offsets[unit];
  const next = offsets.slice();
  const rows = new Int32Array(units.length);
  units.forEach((unit, row) => {
    rows[next[index[unit]]++] = row;
  });
  return { index, offsets, rows };
}

/** At random, but the larger ones first: what is left for the end is small enough to fill what lacks. */
function orderUnits({ offsets }: GroupedRows, random: Random): Int32Array {
  const order = Int32Array.from({ length: offsets.length - 1 }, (_, unit) => unit);
  random.shuffle(order);
  const size = (unit: number) => offsets[unit + 1] - offsets[unit];
  if (order.length === offsets.at(-1)) return order;
  return order.sort((one, other) => size(other) - size(one));
}

/** The labels of a row and, as a label like others, the row itself. */
function* labelsOf({ labelOffsets, labels, labelCount }: SharedRows, row: number): Generator<number> {
  for (let at = labelOffsets[row]; at < labelOffsets[row + 1]; at++) yield labels[at];
  yield labelCount;
}

function countLabels(
  rows: SharedRows,
  { offsets, rows: ofUnits }: GroupedRows,
  unit: number,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = offsets[unit]; at < offsets[unit + 1]; at++) {
    for (const label of labelsOf(rows, ofUnits[at])) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** Brings a unit of each label that the first side lacks back to it. */
function keepEachLabel(
  rows: SharedRows,
  assigned: {
    readonly rowsOf: GroupedRows;
    readonly order: Int32Array;
    readonly has: readonly Float64Array[];
    readonly sideOfUnit: Uint8Array;
  },
): void {
  const { rowsOf, order, has, sideOfUnit } = assigned;
  const [first] = has;
  // From the end: there the small units are.
  for (let at = order.length - 1; at >= 0; at--) {
    const unit = order[at];
    if (sideOfUnit[unit] === 0) continue;
    const counts = countLabels(rows, rowsOf, unit);
    if ([...counts.keys()].every((label) => first[label] > 0)) continue;
    for (const [label, count] of counts) {
      has[sideOfUnit[unit]][label] -= count;
      first[label] += count;
    }
    sideOfUnit[unit] = 0;
  }
}
