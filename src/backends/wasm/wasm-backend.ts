import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { backend_util, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { ProductCache } from './product-cache.js';
import { KernelRuntime, type RuntimeOptions } from './runtime.js';

type Values = backend_util.BackendValues;
type NumericDataType = 'float32' | 'int32' | 'bool';
type NumericArray = Float32Array | Int32Array | Uint8Array;

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** Where the rows of a tensor come from. */
export interface LookedUpRows {
  /** [rows]: equal ids, equal rows. */
  ids: Int32Array;
  /** The table, by its data id, and its number of rows. */
  tableId: object;
  tableRows: number;
  /** How often the table had been changed in place when the rows were taken. */
  tableVersion: number;
}

/** A tensor of rows that is computed when it is first read; until then, what is known of it. */
export interface DeferredRows {
  /** [positions]: equal numbers mark rows that belong together. */
  ids: Int32Array;
  /** Address of [sums, ...]: rows of the tensor summed by id, in parts; part i belongs to id `rowIds[i]`. */
  rows: number;
  rowIds: Int32Array;
  /** Writes the tensor to an address. */
  compute(address: number): void;
  /** Frees what `rows` and `compute` need. */
  release(): void;
}

/**
 * A TF.js backend whose hot kernels are threaded WebAssembly. It extends TF.js' pure-JavaScript CPU backend, so every
 * stock kernel still works. A tensor moves into the shared WebAssembly memory when one of our kernels first touches it;
 * what our kernels make lies there from the start. Either way `values` is an ordinary typed array to stock kernels.
 */
export class WasmBackend extends MathBackendCPU {
  readonly runtime: KernelRuntime;
  /** Where in the WebAssembly memory the values of a tensor lie, by data id. */
  private readonly addresses = new WeakMap<object, number>();
  /** Of tensors whose rows were looked up in a table, by data id. */
  private readonly lookedUp = new WeakMap<object, LookedUpRows>();
  /** How often a tensor was changed in place, by data id. */
  private readonly versions = new WeakMap<object, number>();
  readonly products: ProductCache;
  private readonly deferred = new WeakMap<object, DeferredRows>();

  constructor(options: RuntimeOptions) {
    super();
    this.runtime = new KernelRuntime(options);
    this.products = new ProductCache(this.runtime.heap);
    // The stock constructor's first write advises to install tfjs-node for speed, which would not be faster than this.
    (this as unknown as { firstUse: boolean }).firstUse = false;
  }

  override write(values: Values, shape: number[], dtype: DataType): object {
    return super.write(ownedValues(values), shape, dtype);
  }

  override move(dataId: object, values: Values, shape: number[], dtype: DataType, refCount: number): void {
    super.move(dataId, ownedValues(values), shape, dtype, refCount);
  }

  /** @returns a copy: a view would show other tensors' values once this one's memory is used again */
  override readSync(dataId: object): Values {
    const values = super.readSync(dataId);
    return isShared(values) ? values.slice() : values;
  }

  override disposeData(dataId: object, force = false): boolean {
    const released = super.disposeData(dataId, force);
    if (released) {
      this.products.forget(dataId);
      this.deferred.get(dataId)?.release();
      this.deferred.delete(dataId);
      const address = this.addresses.get(dataId);
      if (address !== undefined) {
        this.addresses.delete(dataId);
        this.runtime.heap.free(address);
      }
    }
    return released;
  }

  override memory(): { unreliable: boolean; reasons: string[]; heapBytes: number; heapUsedBytes: number } {
    const { totalBytes, usedBytes } = this.runtime.heap;
    return { unreliable: false, reasons: [], heapBytes: totalBytes, heapUsedBytes: usedBytes };
  }

  override dispose(): void {
    void this.runtime.stop();
  }

  /** A new tensor in the WebAssembly memory, for a kernel to fill in; its content is arbitrary. */
  makeOutputInfo(shape: number[], dtype: NumericDataType): { info: TensorInfo; address: number } {
    const { values, address } = this.allocate(util.sizeFromShape(shape), dtype);
    // `super`: these values are in the shared memory on purpose and must not be copied out of it.
    const dataId = super.write(values, shape, dtype);
    this.addresses.set(dataId, address);
    return { info: { dataId, shape, dtype }, address };
  }

  /** Address of a tensor's values, which are moved into the WebAssembly memory if they are not there yet. */
  address({ dataId, dtype }: TensorInfo): number {
    const known = this.addresses.get(dataId);
    if (known !== undefined) return known;
    const data = this.data.get(dataId);
    const values = data.values as NumericArray;
    // Reading a deferred tensor's values has given it an address.
    const computed = this.addresses.get(dataId);
    if (computed !== undefined) return computed;
    const { values: moved, address } = this.allocate(values.length, dtype as NumericDataType);
    moved.set(values);
    data.values = moved;
    this.addresses.set(dataId, address);
    return address;
  }

  /** A float32 tensor whose values are computed when a kernel, ours or a stock one, first asks for them. */
  makeDeferredInfo(shape: number[], deferred: DeferredRows): TensorInfo {
    const dataId = super.write(undefined as unknown as Values, shape, 'float32');
    this.deferred.set(dataId, deferred);
    const data = this.data.get(dataId);
    Object.defineProperty(data, 'values', {
      configurable: true,
      enumerable: true,
      get: () => {
        const { values, address } = this.allocate(util.sizeFromShape(shape), 'float32');
        deferred.compute(address);
        this.addresses.set(dataId, address);
        Object.defineProperty(data, 'values', { value: values, writable: true });
        return values;
      },
    });
    return { dataId, shape, dtype: 'float32' };
  }

  /** The rows of a deferred tensor summed by these ids, if they are the ids that its rows belong to. */
  rowSums({ dataId }: TensorInfo, ids: TensorInfo): DeferredRows | undefined {
    const deferred = this.deferred.get(dataId);
    if (!deferred) return undefined;
    const values = this.data.get(ids.dataId).values as Int32Array;
    return equalIds(values, deferred.ids) ? deferred : undefined;
  }

  /** Whether both tensors are deferred, and their rows belong to the same ids. */
  haveSameRows(a: TensorInfo, b: TensorInfo): boolean {
    const [one, other] = [a, b].map(({ dataId }) => this.deferred.get(dataId));
    return one !== undefined && other !== undefined && equalIds(one.ids, other.ids);
  }

  /**
   * What a deferred tensor computes itself from; it stays until the caller, too, has called its `release`. Undefined
   * where the tensor is an ordinary one.
   */
  shareRows({ dataId }: TensorInfo): DeferredRows | undefined {
    const deferred = this.deferred.get(dataId);
    if (!deferred) return undefined;
    let users = 2;
    const release = () => {
      users--;
      if (users === 0) deferred.release();
    };
    const shared = { ...deferred, release };
    this.deferred.set(dataId, shared);
    return shared;
  }

  /** Remembers that the rows of a tensor were looked up in a table. */
  markRows({ dataId }: TensorInfo, ids: Int32Array, table: TensorInfo): void {
    const { dataId: tableId } = table;
    const tableVersion = this.versionOf(tableId);
    this.lookedUp.set(dataId, { ids, tableId, tableRows: table.shape[0], tableVersion });
  }

  /** Where the rows of a tensor were looked up, whatever its shape is now; undefined where they were not. */
  rowsOf({ dataId }: TensorInfo): LookedUpRows | undefined {
    return this.lookedUp.get(dataId);
  }

  /** Whether a table still holds the rows that were looked up in it. */
  isCurrent({ tableId, tableVersion }: LookedUpRows): boolean {
    return this.versionOf(tableId) === tableVersion && this.data.has(tableId);
  }

  /** For kernels that change a tensor in place: what is remembered of its values no longer holds. */
  markChanged({ dataId }: TensorInfo): void {
    this.versions.set(dataId, this.versionOf(dataId) + 1);
    this.lookedUp.delete(dataId);
    this.products.forget(dataId);
  }

  private versionOf(dataId: object): number {
    return this.versions.get(dataId) ?? 0;
  }

  private allocate(length: number, dtype: NumericDataType): { values: NumericArray; address: number } {
    const { heap } = this.runtime;
    const type = arrayTypes[dtype] as Float32ArrayConstructor;
    const address = heap.allocate(length * type.BYTES_PER_ELEMENT);
    return { values: new type(heap.memory.buffer, address, length), address };
  }
}

function equalIds(one: Int32Array, other: Int32Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function isShared(values: Values): values is NumericArray {
  return ArrayBuffer.isView(values) && values.buffer instanceof SharedArrayBuffer;
}

/** Stock kernels may hand on a view of another tensor's memory, which will be freed with that tensor: keep a copy. */
function ownedValues(values: Values): Values {
  return isShared(values) ? values.slice() : values;
}
