// Loaded into a training with --import: writes a byte to file descriptor 3 for each training step.
//
// It wraps the exported kernel `adam` of the thread that trains. A step updates every weight once, so it is done when the
// first weight of all (the embedding, by far the largest) has been updated. Neither the progress bar nor metrics.jsonl,
// which has a line for every 20 steps, tells it.
import { writeSync } from 'node:fs';

const stepDescriptor = 3;
const { Instance } = WebAssembly;
let firstWeight;

/** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
function MarkedInstance(module, imports) {
  const { exports } = new Instance(module, imports);
  /** @type {(thread: number, threads: number, weight: number, ...rest: number[]) => void} */
  const adam = (thread, threads, weight, ...rest) => {
    exports.adam(thread, threads, weight, ...rest);
    firstWeight ??= weight;
    if (weight === firstWeight) writeSync(stepDescriptor, '.');
  };
  return { exports: { ...exports, adam } };
}
WebAssembly.Instance = MarkedInstance;
