import { bytes } from './bytes';
import { partStart } from './multiply';
import { addRow } from './sequence';

/** target [columns] = the sum of [rows, columns] over the rows. Threads share the columns. */
export function sumColumns(
  thread: i32,
  threads: i32,
  source: usize,
  rows: i32,
  columns: i32,
  target: usize,
): void {
  const first = partStart(columns, thread, threads, 4);
  const count = partStart(columns, thread + 1, threads, 4) - first;
  memory.fill(target + bytes(first), 0, bytes(count));
  for (let row = 0; row < rows; row++) {
    addRow(target + bytes(first), source + bytes(row * columns + first), count);
  }
}
