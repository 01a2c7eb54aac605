import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../../fused-kernels.js';
import type { NativeBackend, OpAttribute } from '../native-backend.js';

/** Handles of three variables of TensorFlow, and scalars that never change, by backend. */
interface AdamTools {
  readonly handles: readonly number[];
  readonly scalar: (value: number) => number;
}
const toolsOf = new WeakMap<NativeBackend, AdamTools>();

/**
 * The kernel `fusedKernels.adam`: one step of Adam, in place on parameter, m and v, by TensorFlow's `ResourceApplyAdam`, in
 * one pass over the memory. That operation wants variables; the three tensors are put into three that we keep, and taken
 * out again. Nothing is copied: each stands in one place only while it is changed.
 */
export const adam: KernelFunc = (call): TensorInfo[] => {
  const backend = call.backend as unknown as NativeBackend;
  const { parameter, m, v, gradient } = call.inputs as Record<string, TensorInfo>;
  const { rate, beta1, beta2, epsilon } = call.attrs as unknown as Record<string, number>;
  for (const tensor of [m, v, gradient]) {
    util.assertShapesMatch(tensor.shape, parameter.shape, `${fusedKernels.adam}: `);
  }
  const { binding } = backend;
  const { handles, scalar } = adamTools(backend);
  const changed = [parameter, m, v];
  const dtype: OpAttribute[] = [{ name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
  const ids = backend.getInputTensorIds(changed);
  ids.forEach((id, i) => {
    binding.executeOp('AssignVariableOp', dtype, [handles[i], id], 0);
    binding.deleteTensor(id);
  });
  const learningRate = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(rate));
  // The powers are 0: `rate` has the correction of the bias in it already.
  const numbers = [scalar(0), scalar(0), learningRate, scalar(beta1), scalar(beta2), scalar(epsilon)];
  try {
    const inputs = [...handles, ...numbers, ...backend.getInputTensorIds([gradient])];
    binding.executeOp('ResourceApplyAdam', [], inputs, 0);
  } finally {
    binding.deleteTensor(learningRate);
    changed.forEach((tensor, i) => {
      backend.tensorMap.get(tensor.dataId).id = binding.executeOp(
        'ReadVariableOp',
        dtype,
        [handles[i]],
        1,
      )[0].id;
    });
  }
  return [];
};

function adamTools(backend: NativeBackend): AdamTools {
  const present = toolsOf.get(backend);
  if (present) return present;
  const { binding } = backend;
  const handles = ['parameter', 'first', 'second'].map((name) => {
    const attributes: OpAttribute[] = [
      { name: 'container', type: binding.TF_ATTR_STRING, value: '' },
      { name: 'shared_name', type: binding.TF_ATTR_STRING, value: `imdb-rnn/adam/${name}` },
      { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      // What is assigned has its own shape; this one is not looked at.
      { name: 'shape', type: binding.TF_ATTR_SHAPE, value: [] },
    ];
    return binding.executeOp('VarHandleOp', attributes, [], 1)[0].id;
  });
  const scalars = new Map<number, number>();
  const scalar = (value: number) => {
    const id = scalars.get(value) ?? binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
    scalars.set(value, id);
    return id;
  };
  const tools = { handles, scalar };
  toolsOf.set(backend, tools);
  return tools;
}
