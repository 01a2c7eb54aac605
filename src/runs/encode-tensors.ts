import type { io, Tensor } from '@tensorflow/tfjs-core';

/** A tensor and what it is called, as TF.js' `optimizer.getWeights()` gives them. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * Copies tensors into one block of bytes, one behind the other, as TF.js' `io.encodeWeights` lays them out and
 * `io.decodeWeights` reads them. Unlike that it is done when it returns: no step can change a tensor meanwhile.
 *
 * @throws Error for tensors of texts or complex numbers
 */
export function encodeTensors(tensors: readonly NamedTensor[]): {
  specs: io.WeightsManifestEntry[];
  bytes: Uint8Array;
} {
  const specs: io.WeightsManifestEntry[] = [];
  const bytes = new Uint8Array(
    tensors.reduce((sum, { tensor }) => sum + bytesOfType(tensor.dtype) * tensor.size, 0),
  );
  let offset = 0;
  for (const { name, tensor } of tensors) {
    const { dtype, shape } = tensor;
    const values = tensor.dataSync() as Float32Array | Int32Array | Uint8Array;
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
    specs.push({ name, shape, dtype: dtype as io.WeightsManifestEntry['dtype'] });
  }
  return { specs, bytes };
}

function bytesOfType(dtype: string): number {
  if (dtype === 'float32' || dtype === 'int32') return 4;
  if (dtype === 'bool') return 1;
  throw new Error(`a checkpoint has no place for a tensor of ${dtype}`);
}
