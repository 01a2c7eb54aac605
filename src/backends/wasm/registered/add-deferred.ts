import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';

/**
 * The sum of two deferred tensors whose rows belong to the same ids, as one more deferred tensor: the gradients that two
 * layers, such as the two directions of a bidirectional one, hand to an embedding, which wants them summed by id.
 *
 * @returns undefined where the two are something else
 */
export function addDeferred(a: TensorInfo, b: TensorInfo, backend: WasmBackend): TensorInfo | undefined {
  if (!backend.haveSameRows(a, b)) return undefined;
  const [one, other] = [a, b].map((tensor) => backend.shareRows(tensor)!);
  const { runtime } = backend;
  const count = util.sizeFromShape(a.shape);
  const units = count / one.ids.length;
  const [oneFloats, otherFloats] = [one, other].map(({ rowIds }) => rowIds.length * units);
  const rows = runtime.heap.allocate(4 * (oneFloats + otherFloats));
  runtime.floats(rows, oneFloats).set(runtime.floats(one.rows, oneFloats));
  runtime.floats(rows + 4 * oneFloats, otherFloats).set(runtime.floats(other.rows, otherFloats));
  const rowIds = new Int32Array(one.rowIds.length + other.rowIds.length);
  rowIds.set(one.rowIds);
  rowIds.set(other.rowIds, one.rowIds.length);
  return backend.makeDeferredInfo(a.shape, {
    ...{ ids: one.ids, rows, rowIds },
    compute: (address) => {
      one.compute(address);
      runtime.withScratch(4 * count, (second) => {
        other.compute(second);
        runtime.run('addElements', runtime.threadsFor(count), {
          a: address,
          b: second,
          count,
          output: address,
        });
      });
    },
    release: () => {
      runtime.heap.free(rows);
      one.release();
      other.release();
    },
  });
}
