import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeBackend, NativeTensor, OpAttribute } from './native-backend.js';

/**
 * Attributes of an operation, by name; numbers are whole. TensorFlow infers types from the inputs, but for those of a list,
 * whose length is `N`: they are float32.
 */
export type Attributes = Readonly<Record<string, number | boolean | string>>;

/**
 * Runs TensorFlow's operations on ids of its tensors, without TF.js' tensors and their book-keeping, and frees what they
 * made. Several thousand operations a training step go this way, each with a cost of microseconds.
 *
 * ```ts
 * const operations = new Operations(backend);
 * const sum = operations.run('AddV2', operations.idsOf([a, b]));
 * return operations.finish([sum]);
 * ```
 */
export class Operations {
  readonly #backend: NativeBackend;
  readonly #made = new Map<number, NativeTensor>();
  readonly #attributes = new Map<string, OpAttribute[]>();

  constructor(backend: NativeBackend) {
    this.#backend = backend;
  }

  /** Ids of TF.js' tensors. */
  idsOf(tensors: readonly TensorInfo[]): number[] {
    return this.#backend.getInputTensorIds(tensors);
  }

  /** Runs an operation with one output. */
  run(name: string, inputs: readonly number[], attributes: Attributes = {}): number {
    return this.runAll(name, inputs, attributes, 1)[0];
  }

  /** Runs an operation with a number of outputs. */
  runAll(name: string, inputs: readonly number[], attributes: Attributes, outputs: number): number[] {
    return this.runDescribed(name, inputs, this.#describe(attributes), outputs);
  }

  /** The same with attributes as the binding takes them, for types and fractions. */
  runDescribed(
    name: string,
    inputs: readonly number[],
    attributes: readonly OpAttribute[],
    outputs: number,
  ): number[] {
    return this.adopt(this.#backend.binding.executeOp(name, attributes, inputs, outputs));
  }

  /** Ids of tensors that the binding made otherwise, which will be freed with the rest. */
  adopt(results: readonly NativeTensor[]): number[] {
    const ids = new Array<number>(results.length);
    for (let i = 0; i < results.length; i++) {
      ids[i] = results[i].id;
      this.#made.set(ids[i], results[i]);
    }
    return ids;
  }

  /** A tensor of float32 values. */
  floats(values: Float32Array, shape: readonly number[]): number {
    return this.#create(values, shape, this.#backend.binding.TF_FLOAT);
  }

  /** A vector of int32 values, such as a shape; a scalar for a number. */
  integers(values: number | readonly number[]): number {
    const shape = typeof values === 'number' ? [] : [values.length];
    return this.#create(Int32Array.from([values].flat()), shape, this.#backend.binding.TF_INT32);
  }

  /** Frees a tensor before the end. */
  free(id: number): void {
    if (this.#made.delete(id)) this.#backend.binding.deleteTensor(id);
  }

  /** Makes tensors of TF.js out of some results, and frees all others. */
  finish(kept: readonly number[]): TensorInfo[] {
    const results = kept.map((id) => {
      const tensor = this.#made.get(id);
      if (!tensor) throw new Error(`Tensor ${id} was not made here`);
      this.#made.delete(id);
      return this.#backend.createOutputTensor(tensor);
    });
    this.freeAll();
    return results;
  }

  /** Frees everything, after an error. */
  freeAll(): void {
    for (const id of this.#made.keys()) this.#backend.binding.deleteTensor(id);
    this.#made.clear();
  }

  #create(values: Float32Array | Int32Array, shape: readonly number[], dtype: number): number {
    const id = this.#backend.binding.createTensor(shape, dtype, values);
    this.#made.set(id, { id, shape: [...shape], dtype });
    return id;
  }

  #describe(attributes: Attributes): OpAttribute[] {
    const names = Object.keys(attributes);
    if (names.length === 0) return none;
    const key = names.map((name) => `${name}=${attributes[name]}`).join();
    let described = this.#attributes.get(key);
    if (!described) {
      described = names.map((name) => ({
        name,
        type: this.#typeOf(attributes[name]),
        value: attributes[name],
      }));
      if ('N' in attributes) {
        const { TF_ATTR_TYPE, TF_FLOAT } = this.#backend.binding;
        described.push({ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT });
      }
      this.#attributes.set(key, described);
    }
    return described;
  }

  #typeOf(value: number | boolean | string): number {
    const { binding } = this.#backend;
    if (typeof value === 'boolean') return binding.TF_ATTR_BOOL;
    return typeof value === 'string' ? binding.TF_ATTR_STRING : binding.TF_ATTR_INT;
  }
}

const none: OpAttribute[] = [];

/** Runs `work` with operations whose results, but those that it returns, are freed, also when it fails. */
export function withOperations(
  backend: NativeBackend,
  work: (operations: Operations) => readonly number[],
): TensorInfo[] {
  const operations = new Operations(backend);
  try {
    return operations.finish(work(operations));
  } catch (error) {
    operations.freeAll();
    throw error;
  }
}
