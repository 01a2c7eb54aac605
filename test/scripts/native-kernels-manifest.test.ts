import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { kernelsManifest, packedManifest } from '../../scripts/native-kernels/manifest.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { platforms, thisPlatform } from '../../scripts/native-kernels/platforms.mjs';
import { kernelsPackage, platformNames } from '../../src/backends/wasm/native-kernels.js';

const readManifest = async () =>
  JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

describe('packages of native kernels', () => {
  it('are optional dependencies of the published package, at its own version', async () => {
    const manifest = await readManifest();
    const packed = packedManifest(manifest);
    const names = Object.keys(platforms).map(kernelsPackage);
    expect(packed.optionalDependencies).toEqual(
      Object.fromEntries(names.map((name) => [name, manifest.version])),
    );
    expect(packed.scripts).not.toHaveProperty('prepare');
    expect(packed.scripts.build).toBe(manifest.scripts.build);
    // A checkout builds them itself, if at all: `npm ci` must not ask for what is not published yet.
    expect(manifest).not.toHaveProperty('optionalDependencies');
  });

  it('are installed where they fit, and run nothing then', () => {
    const of = { version: '1.2.3', license: 'Apache-2.0' };
    expect(kernelsManifest('linux-arm64-musl', of)).toMatchObject({
      ...{ name: '@imdb-rnn/kernels-linux-arm64-musl', version: '1.2.3', license: 'Apache-2.0' },
      ...{ main: 'kernels.node', files: ['kernels.node'], os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
    });
    expect(kernelsManifest('win32-x64', of)).toMatchObject({ os: ['win32'], cpu: ['x64'] });
    for (const platform of Object.keys(platforms)) {
      expect(kernelsManifest(platform, of)).not.toHaveProperty('scripts');
      expect(kernelsManifest(platform, of).name).toBe(kernelsPackage(platform));
    }
    expect(kernelsManifest('darwin-arm64', of)).not.toHaveProperty('libc');
  });

  it('are looked for under the name that the build gives this platform', () => {
    expect(platformNames()).toContain(thisPlatform());
  });
});
