import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The packages with CUDA's libraries that TensorFlow's wheel asks for under its extra `and-cuda`, as requirements for pip.
 *
 * @param folder where the wheel's `*.dist-info/METADATA` was unpacked
 */
export async function cudaRequirements(folder: string): Promise<string[]> {
  const name = (await readdir(folder)).find((each) => each.endsWith('.dist-info'));
  if (name === undefined) return [];
  return parseCudaRequirements(await readFile(join(folder, name, 'METADATA'), 'utf8'));
}

/** From lines such as `Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3; extra == "and-cuda"`. */
export function parseCudaRequirements(metadata: string): string[] {
  return [...metadata.matchAll(/^Requires-Dist: *([^;\n]+?) *;.*extra *== *["']and-cuda["']/gm)].map(
    ([, requirement]) => requirement.replaceAll(/[ ()]/g, ''),
  );
}
