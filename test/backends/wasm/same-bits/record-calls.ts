import { kernelOperands } from '../../../../src/backends/wasm/kernel-operands.js';
import { KernelRuntime } from '../../../../src/backends/wasm/runtime.js';
import { allCases } from './all-cases.js';
import type { Block, KernelCall, NeedName } from './kernel-call.js';
import { neededBytes, nextStart, runCall } from './run-call.js';

/** Numbered as in scripts/native-kernels/replay.c. */
const blockTypes = { exact: 0, floats: 1, doubles: 2, scratch: 3 } satisfies Record<Block['type'], number>;

/** More than any native form needs, whose panels are at most four times as wide; `replay.c` takes what its form needs. */
const ampleShare = 4;

const nameBytes = 32;
const mostSizes = 5;

/** Little-endian words. */
class Words {
  private readonly parts: Buffer[] = [];

  add(...values: number[]): void {
    this.parts.push(Buffer.from(Uint32Array.from(values).buffer));
  }

  addName(name: string): void {
    const place = Buffer.alloc(nameBytes);
    // Zeros end it.
    place.write(name, 0, nameBytes - 1);
    this.parts.push(place);
  }

  addBytes(bytes: Uint8Array): void {
    this.parts.push(Buffer.from(bytes), Buffer.alloc(-bytes.length & 3));
  }

  join(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** Words of the operands as the kernel finds them. */
function operandWords({ kernel, operands }: KernelCall): number[] {
  const values = operands as Readonly<Record<string, number>>;
  return Object.entries(kernelOperands[kernel]).map(([name, type]) => {
    const value = values[name];
    return type === 'float' ? new Uint32Array(Float32Array.of(value).buffer)[0] : value >>> 0;
  });
}

/** A call and the memory after it, in the form of `Call` of replay.c. */
function encode(call: KernelCall, after: Uint8Array): Buffer {
  const { kernel, round, threads, start, end, blocks } = call;
  const words = operandWords(call);
  const names = Object.keys(kernelOperands[kernel]);
  // Threads that multiply the same row of x write the same numbers to the same place.
  const writesTwice = 'table' in call.operands && kernel === 'recurrentForward' && call.operands.table !== 0;
  const record = new Words();
  record.addName(kernel);
  record.add(round, threads, start, end, Number(writesTwice));
  record.add(names.indexOf('scratchBytes'), words.length, blocks.length);
  record.add(...words);
  for (const { address, content, type, need } of blocks) {
    record.add(address, content.length, blockTypes[type]);
    record.addName(need?.name ?? '');
    record.add(...Array.from({ length: mostSizes }, (_, i) => need?.sizes[i] ?? 0));
    if (type === 'scratch') continue;
    record.addBytes(content);
    record.addBytes(after.subarray(address - start, address - start + content.length));
  }
  return record.join();
}

/**
 * Calls of every kernel with what the WebAssembly kernels make of them, for programs that compute them again.
 *
 * @param repeats times as many rounds as show everything
 * @param kernelsFolder where the WebAssembly kernels are
 */
export async function* recordCalls(repeats: number, kernelsFolder: string): AsyncGenerator<Buffer> {
  for (const threads of [1, 3]) {
    const runtime = new KernelRuntime({
      ...{ threads, kernels: 'wasm', simd: 'relaxed-simd', vectorBits: 128, kernelsFolder },
    });
    const needs = (name: NeedName, ...sizes: number[]) => ampleShare * neededBytes(runtime, name, sizes);
    for (const cases of allCases) {
      for (let round = 0; round < repeats * cases.rounds; round++) {
        const call = cases.make(round, threads, needs, nextStart(runtime));
        yield encode(call, runCall(runtime, call));
      }
    }
    await runtime.stop();
  }
}
