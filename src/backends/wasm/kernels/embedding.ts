// Looking rows up by id, and its gradient.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { GatherTableRowsOperands, SumSegmentsOperands } from './operands';
import { addRow } from './sequence';

/** output [ids, units] = table[ids]; the caller has checked that every id is a row of the table. */
export function gatherTableRows(thread: i32, threads: i32, operands: GatherTableRowsOperands): void {
  const table = operands.table;
  const ids = operands.ids;
  const count = operands.count;
  const output = operands.output;
  const size = bytes(operands.units);
  const last = partStart(count, thread + 1, threads, 1);
  for (let i = partStart(count, thread, threads, 1); i < last; i++) {
    memory.copy(output + <usize>i * size, table + <usize>load<i32>(ids + bytes(i)) * size, size);
  }
}

/**
 * output [segments, units] = for each segment the sum of the rows [count, units] that carry its id; a negative id
 * belongs nowhere. Threads share the units, so that the sums are the same for any number of threads.
 */
export function sumSegments(thread: i32, threads: i32, operands: SumSegmentsOperands): void {
  const rows = operands.rows;
  const ids = operands.ids;
  const count = operands.count;
  const units = operands.units;
  const segments = operands.segments;
  const output = operands.output;
  const first = partStart(units, thread, threads, 4);
  const width = partStart(units, thread + 1, threads, 4) - first;
  const offset = bytes(first);
  const size = bytes(units);
  for (let segment = 0; segment < segments; segment++) {
    memory.fill(output + <usize>segment * size + offset, 0, bytes(width));
  }
  for (let i = 0; i < count; i++) {
    const id = load<i32>(ids + bytes(i));
    if (<u32>id < <u32>segments)
      addRow(output + <usize>id * size + offset, rows + <usize>i * size + offset, width);
  }
}
