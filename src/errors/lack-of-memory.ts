import { UserError } from './user-error.js';

/**
 * Memory that WebAssembly, or an array, did not get, as an error that says why and what to do; any other error is given back as it is. V8
 * reserves some 10 GB of addresses for a memory, so that it need not check each access; a limit of the address space
 * (`ulimit -v`, of batch systems often) forbids that however much memory is free.
 */
export function explainLackOfMemory(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  if (/array buffer allocation failed/i.test(error.message)) {
    return new UserError(
      'There is not enough memory for an array of numbers.',
      'Close other programs, or lower training.batchSize, text.maxLength or the units of the model.',
      { cause: error },
    );
  }
  if (!/WebAssembly/.test(error.message)) return error;
  if (!/allocate memory|out of memory/i.test(error.message)) return error;
  return new UserError(
    'WebAssembly gets no memory: a limit of the address space (ulimit -v) or of the machine is too low for the 10 GB of addresses or so that Node.js reserves for it.',
    'Raise the limit (ulimit -v unlimited), or let Node.js reserve less, which is a little slower: ' +
      'NODE_OPTIONS=--disable-wasm-trap-handler. The backend cpu computes without WebAssembly, slowly.',
    { cause: error },
  );
}
