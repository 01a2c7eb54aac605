// The file that gives all contenders the same model and batches; rivals/rival.py describes it.
import { readFileSync } from 'node:fs';

/**
 * @typedef {import('./measured-model.mjs').Model & { parameters: number }} Model as Keras counts its parameters
 * @typedef {{ ids: number[], rows: number, time: number, lengths: number[], labels: number[] }} Batch
 *
 * @param {string} path
 * @returns {{ model: Model, batches: Batch[] }}
 */
export function readBatches(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * The examples of the batches as `train` has them in memory, end to end and without padding.
 *
 * @param {readonly Batch[]} batches
 * @returns {{ encoded: import('../../dist/batches/encoded-split.js').EncodedSplit, exampleIndices: Int32Array[] }} and
 *   which examples each batch takes
 */
export function asEncodedSplit(batches) {
  const examples = batches.flatMap(({ ids, time, lengths, labels }) =>
    lengths.map((length, row) => ({ ids: ids.slice(row * time, row * time + length), label: labels[row] })),
  );
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach((example, index) => {
    offsets[index + 1] = offsets[index] + example.ids.length;
  });
  let first = 0;
  const exampleIndices = batches.map(({ rows }) => {
    const indices = Int32Array.from({ length: rows }, (_, row) => first + row);
    first += rows;
    return indices;
  });
  const ids = Int32Array.from(examples.flatMap((example) => example.ids));
  return {
    encoded: { ids, offsets, targets: { values: Int32Array.from(examples, ({ label }) => label) } },
    exampleIndices,
  };
}
