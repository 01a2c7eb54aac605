import { findNativeKernels, type Instructions } from '../../../../src/backends/wasm/native-kernels.js';
import { KernelRuntime } from '../../../../src/backends/wasm/runtime.js';
import type { Block, KernelCall, NeedName } from './kernel-call.js';
import type { KernelCases } from './kernel-cases.js';
import { neededBytes, nextStart, runCall } from './run-call.js';

const native = findNativeKernels();

/** The sets of instructions that native kernels can use here; none where there are no native kernels. */
export const instructionSets: readonly Instructions[] = 'addon' in native ? native.addon.sets : [];

/** Why there are none, for the title of a skipped test. */
export const whyNone = 'reason' in native ? ` (skipped: ${native.reason})` : '';

/** Names of the kernels that are native. */
export const nativeNames: readonly string[] =
  'addon' in native ? native.addon.open(new Uint8Array(65_536), native.instructions).kernels : [];

interface Form {
  readonly name: string;
  readonly runtime: KernelRuntime;
}

/** Runs kernels as WebAssembly with relaxed SIMD and as native code, in each set of instructions, on equal memories. */
export class BitComparison {
  private readonly wasm: Form;
  private readonly natives: readonly Form[];

  constructor(readonly threads: number) {
    const runtime = new KernelRuntime({ threads, kernels: 'wasm', simd: 'relaxed-simd', vectorBits: 128 });
    this.wasm = { name: 'wasm', runtime };
    this.natives = instructionSets.map((instructions) => ({
      name: instructions,
      runtime: new KernelRuntime({ threads, instructions }),
    }));
  }

  /** Makes all memories grow by `bytes`, behind which the next calls then are. */
  grow(bytes: number): void {
    for (const { runtime } of this.forms) runtime.heap.allocate(bytes);
  }

  /** @throws Error where a bit of the memories differs after the call; which NaN a number is does not count */
  compare(cases: KernelCases, round: number): void {
    const call = this.make(cases, round);
    const expected = runCall(this.wasm.runtime, call);
    for (const form of this.natives) {
      const problem = firstDifference(call, expected, runCall(form.runtime, call));
      if (problem === undefined) continue;
      const how = `${form.name}, ${this.threads} threads, round ${round}`;
      throw new Error(`${call.kernel} (${how}): ${problem}; called with ${JSON.stringify(call.operands)}`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.forms.map(({ runtime }) => runtime.stop()));
  }

  private get forms(): readonly Form[] {
    return [this.wasm, ...this.natives];
  }

  private make(cases: KernelCases, round: number): KernelCall {
    // As much as the form needs that needs most.
    const needs = (name: NeedName, ...sizes: number[]) =>
      Math.max(...this.forms.map(({ runtime }) => neededBytes(runtime, name, sizes)));
    return cases.make(round, this.threads, needs, nextStart(this.wasm.runtime));
  }
}

/** The first difference of two memories after a call, in words; undefined where there is none. */
function firstDifference(
  call: KernelCall,
  expected: Uint8Array<ArrayBuffer>,
  actual: Uint8Array<ArrayBuffer>,
): string | undefined {
  const scratch = call.blocks.filter(({ type }) => type === 'scratch');
  for (const { address, content } of scratch) {
    const start = address - call.start;
    for (const memory of [expected, actual]) memory.fill(0, start, start + content.length);
  }
  if (Buffer.compare(expected, actual) === 0) return undefined;
  for (let place = 0; place < expected.length; place++) {
    if (expected[place] === actual[place]) continue;
    const at = call.start + place;
    const block = call.blocks.find(({ address, content }) => address <= at && at < address + content.length);
    if (block === undefined) return `wrote ${at - lastBefore(call, at)} bytes behind where a block begins`;
    // Of numbers every NaN is the same, and 0 and -0 are not.
    const [one, other] = [expected, actual].map((memory) => numbersOf(block, memory, call.start));
    const different = one.findIndex((value, i) => !Object.is(value, other[i]));
    if (different >= 0) {
      const name = nameOf(call, block.address);
      return `${name}[${different}] is ${other[different]} and not ${one[different]}`;
    }
    // All differences of this block are between one NaN and another.
    place = block.address - call.start + block.content.length - 1;
  }
  return undefined;
}

type Numbers = Float32Array | Float64Array | Uint8Array;

function numbersOf(
  { type, address, content }: Block,
  memory: Uint8Array<ArrayBuffer>,
  start: number,
): Numbers {
  // A copy, since a block need not begin at a multiple of what it holds.
  const { buffer } = memory.slice(address - start, address - start + content.length);
  if (type === 'floats') return new Float32Array(buffer);
  return type === 'doubles' ? new Float64Array(buffer) : new Uint8Array(buffer);
}

const lastBefore = ({ blocks, start }: KernelCall, at: number) =>
  Math.max(start, ...blocks.map(({ address }) => address).filter((address) => address <= at));

function nameOf({ operands }: KernelCall, address: number): string {
  const found = Object.entries(operands).find(([, value]) => value === address);
  return found?.[0] ?? `the memory at ${address}`;
}
