import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { parallelRowFloats } from '../runtime.js';
import type { WasmBackend } from '../wasm-backend.js';
import { type KernelCall, runStock } from './stock.js';

/**
 * TF.js' `UnsortedSegmentSum`, the gradient of an embedding: output [segments, ...] adds up the rows of x that carry a
 * segment's id. The stock kernel reads all of x once for every segment.
 */
export function sumSegments(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { x, segmentIds } = call.inputs as { x: TensorInfo; segmentIds: TensorInfo };
  const { numSegments } = call.attrs as { numSegments: number };
  const count = util.sizeFromShape(segmentIds.shape);
  const rest = x.shape.slice(segmentIds.shape.length);
  const units = util.sizeFromShape(rest);
  if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || count * units * numSegments === 0) {
    return runStock('UnsortedSegmentSum', { x, segmentIds }, backend, call.attrs);
  }
  const { info, address } = backend.makeOutputInfo([numSegments, ...rest], 'float32');
  const { runtime } = backend;
  const threads = runtime.threadsFor((count + numSegments) * units, parallelRowFloats);
  const sums = backend.rowSums(x, segmentIds);
  if (sums) {
    const { rows, rowIds } = sums;
    runtime.withScratch(4 * rowIds.length, (ids) => {
      runtime.integers(ids, rowIds.length).set(rowIds);
      runtime.run('sumSegments', threads, {
        rows,
        ids,
        count: rowIds.length,
        units,
        segments: numSegments,
        output: address,
      });
    });
    return info;
  }
  runtime.run('sumSegments', threads, {
    rows: backend.address(x),
    ids: backend.address(segmentIds),
    count,
    units,
    segments: numSegments,
    output: address,
  });
  return info;
}
