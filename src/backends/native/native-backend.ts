import type { DataId, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** What TensorFlow's C API calls an attribute of an operation. */
export interface OpAttribute {
  readonly name: string;
  /** One of the binding's `TF_ATTR_...`. */
  readonly type: number;
  readonly value: number | boolean | string | readonly number[];
}

/** A tensor of TensorFlow, as the binding hands it out. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** tfjs-node's C++ addon; see its binding/tfjs_binding.cc. */
export interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: readonly number[], dtype: number, values: ArrayLike<number>): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputs: number,
  ): NativeTensor[];
  /** @returns number of the model, which stays loaded */
  loadSavedModel(folder: string, tags: string): number;
  /** Names are given with commas between them. */
  runSavedModel(model: number, inputIds: readonly number[], inputs: string, outputs: string): NativeTensor[];
  isUsingGpuDevice(): boolean;
  getNumOfTensors(): number;
}

/** tfjs-node's `NodeJSKernelBackend`, as far as we use it. */
export interface NativeBackend extends KernelBackend {
  readonly binding: NativeBinding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { get(dataId: DataId): { id: number; shape: number[]; dtype: number } };
  /** Ids of tensors; values that were not handed to TensorFlow yet are. */
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  /** Makes a tensor of TF.js out of one of TensorFlow's, which it owns from then on. */
  createOutputTensor(tensor: NativeTensor): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[];
}

/** Name under which TF.js knows the backend, with a GPU and without. */
export const nativeBackendName = 'tensorflow';
