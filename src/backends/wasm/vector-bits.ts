import { setFlagsFromString } from 'node:v8';

/** Width of the registers that the kernels compute in. WebAssembly itself has 128 bits; some V8 make 256 of two operations. */
export type VectorBits = 128 | 256;

export const nodeMajor = Number(process.versions.node.split('.')[0]);

/**
 * Where V8's `revectorize` was measured to double the speed of matrix products. Node 22 knows the flag but gains nothing by
 * it. A V8 that no longer has it would be slower in the form that counts on it, so newer ones have to be measured first.
 */
export const joiningNodes = { first: 24, last: 26, architecture: 'x64' } as const;

/**
 * (a, b, c) => a * b + c by `f32x4.relaxed_madd`, as a module:
 * (func (param f32 f32 f32) (result f32) (f32x4.extract_lane 0 (f32x4.relaxed_madd (f32x4.splat ...) ...)))
 */
const multiplyAddModule =
  'AGFzbQEAAAABCAFgA319fQF9AwIBAAcPAQttdWx0aXBseUFkZAAAChYBFAAgAP0TIAH9EyAC/RP9hQL9HwAL';

/** Whether V8 may be asked to join pairs of 128-bit operations: IMDB_RNN_VECTOR_BITS=128 is for whom its flag gives trouble. */
function mayJoin(): boolean {
  const { first, last, architecture } = joiningNodes;
  const isKnown = nodeMajor >= first && nodeMajor <= last && process.arch === architecture;
  return isKnown && process.env.IMDB_RNN_VECTOR_BITS !== '128';
}

/** 256 where V8 joins operations if it is asked to, and the processor has what it makes of them. */
export function fastestVectorBits(): VectorBits {
  return mayJoin() && fusesMultiplyAdd() ? 256 : 128;
}

/** Lets V8 join operations in what it compiles from now on. Without effect where it cannot. */
export function joinOperations(): void {
  if (mayJoin()) setFlagsFromString('--experimental-wasm-revectorize');
}

/** Node 20 has relaxed SIMD behind a flag that its command line refuses; Node 22 and later have it on. */
export function allowRelaxedSimd(): void {
  if (nodeMajor < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/** Fused multiply-add came with the 256-bit operations (Intel's Haswell, AMD's Zen), and shows in the last bits. */
function fusesMultiplyAdd(): boolean {
  const module = new WebAssembly.Module(Buffer.from(multiplyAddModule, 'base64'));
  const { multiplyAdd } = new WebAssembly.Instance(module).exports as Record<
    string,
    (...factors: number[]) => number
  >;
  // (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24, whose last term is lost where the product is rounded.
  return multiplyAdd(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)) !== 0;
}
