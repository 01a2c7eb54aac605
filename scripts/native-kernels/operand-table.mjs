import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

/**
 * The one table of what kernels are called with, which is TypeScript.
 *
 * @returns {Promise<Record<string, Record<string, 'address' | 'integer' | 'float'>>>}
 */
export async function readOperandTable() {
  const source = new URL('../../src/backends/wasm/kernel-operands.ts', import.meta.url);
  const { code } = transformSync(readFileSync(source, 'utf8'), { loader: 'ts', format: 'esm' });
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module.kernelOperands;
}
