import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** Packages that a file loads together with all that it imports; what is imported later, by `import()`, does not count. */
async function packagesOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(source, file)],
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', packages: 'external' },
    ...{ metafile: true, write: false, outdir: 'never-written' },
  });
  const { outputs } = metafile;
  const packages = new Set<string>();
  const visit = (output: string): void => {
    for (const { path, kind, external } of outputs[output].imports) {
      if (kind !== 'import-statement') continue;
      if (external) packages.add(path);
      else visit(path);
    }
  };
  visit(Object.keys(outputs).find((output) => outputs[output].entryPoint?.endsWith(file))!);
  return [...packages];
}

describe('what is needed before anything is computed', () => {
  it.each(['config/load-config.ts', 'optimizers/optimizer-table.ts', 'commands/compute-options.ts'])(
    'does not load TensorFlow.js: %s',
    async (file) => {
      const packages = await packagesOf(file);
      expect(packages).not.toHaveLength(0);
      expect(packages.filter((name) => name.startsWith('@tensorflow/'))).toEqual([]);
    },
  );

  it('is told from what does load it', async () => {
    expect(await packagesOf('optimizers/adam.ts')).toContain('@tensorflow/tfjs-core');
  });
});
