import { heapStart } from './heap.js';
import { type KernelName, kernelOperands, type OperandsOf, type OperandType } from './kernel-operands.js';

const placeBytes = 1024;
/** Where a kernel finds its operands: right before the heap, far behind the kernels' static data. */
export const operandsAddress = heapStart - placeBytes;

interface Layout {
  readonly names: readonly string[];
  readonly types: readonly OperandType[];
}

/** Of each kernel, in the order of the words; made once, since a training step calls kernels a hundred times. */
const layouts: Readonly<Record<string, Layout>> = Object.fromEntries(
  Object.entries(kernelOperands).map(([kernel, operands]) => {
    return [kernel, { names: Object.keys(operands), types: Object.values(operands) }];
  }),
);

/**
 * Writes operands of kernels, one kernel's at a time, to `operandsAddress` of a memory.
 *
 * @returns a function that throws an Error where an operand is missing, which would else be 0
 */
export function operandWriter({
  buffer,
}: WebAssembly.Memory): <Name extends KernelName>(kernel: Name, operands: OperandsOf<Name>) => void {
  // The words stay where they are when the memory grows, and so these views stay good.
  const place = [buffer, operandsAddress, placeBytes / 4] as const;
  const words = {
    address: new Uint32Array(...place),
    integer: new Int32Array(...place),
    float: new Float32Array(...place),
  } satisfies Record<OperandType, unknown>;
  return (kernel, operands) => {
    const { names, types } = layouts[kernel];
    for (let i = 0; i < names.length; i++) {
      const value = (operands as Readonly<Record<string, number>>)[names[i]];
      const type = types[i];
      // A float may be NaN: a training that has gone wrong must show.
      if (value === undefined || (type !== 'float' && Number.isNaN(value))) {
        throw new Error(`${kernel}: the operand ${names[i]} is ${value}`);
      }
      words[type][i] = value;
    }
  };
}
