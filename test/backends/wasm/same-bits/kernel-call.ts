import type { KernelExports } from '../../../../src/backends/wasm/kernel-exports.js';
import type { KernelName, OperandsOf } from '../../../../src/backends/wasm/kernel-operands.js';

/** Names of the functions that tell how much scratch memory a kernel needs. */
export type NeedName = {
  [Name in keyof KernelExports]: KernelExports[Name] extends (...sizes: number[]) => number ? Name : never;
}[keyof KernelExports];

/** The bytes that a kernel needs for each thread, as a call of the function that tells it. */
export interface Need {
  readonly name: NeedName;
  readonly sizes: readonly number[];
}

/** What a block holds, which decides whether two contents are the same: what scratch memory holds does not count. */
export type BlockType = 'floats' | 'doubles' | 'exact' | 'scratch';

/** A piece of memory that a kernel reads or writes. */
export interface Block {
  readonly address: number;
  /** Before the call. */
  readonly content: Uint8Array;
  readonly type: BlockType;
  /** Of scratch memory whose size is asked for: the operand `scratchBytes`. */
  readonly need?: Need;
}

/** A call of a kernel with the memory that it works on: everything that its result depends on. */
export interface KernelCall<Name extends KernelName = KernelName> {
  readonly kernel: Name;
  readonly round: number;
  readonly threads: number;
  readonly operands: OperandsOf<Name>;
  /** By address. Around each lie bytes that nobody may touch. */
  readonly blocks: readonly Block[];
  /** Where the memory begins and ends that the call is about. */
  readonly start: number;
  readonly end: number;
}

/** What is written where nobody wrote before, and around blocks: of floats 1.5e16, which shows in every sum. */
export const untouched = 0x5a;

/** The whole memory of a call, from its first address on. */
export function imageOf({ blocks, start, end }: KernelCall): Uint8Array {
  const image = new Uint8Array(end - start).fill(untouched);
  for (const { address, content } of blocks) image.set(content, address - start);
  return image;
}
