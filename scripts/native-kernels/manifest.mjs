import { platforms } from './platforms.mjs';

/** @param {string} platform @returns the package that holds the addon of a platform */
export const kernelsPackage = (platform) => `@imdb-rnn/kernels-${platform}`;

/**
 * The package.json of an addon's package.
 *
 * @param {string} platform `os-cpu`, and on Linux the C library
 * @param {{ version: string, license: string }} of imdb-rnn
 */
export function kernelsManifest(platform, { version, license }) {
  const [os, cpu, libc] = platform.split('-');
  return {
    name: kernelsPackage(platform),
    version,
    description: `Native kernels of imdb-rnn for ${platform}. imdb-rnn installs this package by itself where it fits.`,
    license,
    main: 'kernels.node',
    files: ['kernels.node'],
    engines: { node: '>=20.19' },
    ...{ os: [os], cpu: [cpu] },
    ...(libc && { libc: [libc] }),
  };
}

/**
 * The package.json of imdb-rnn as it is published: without `prepare`, which builds a checkout, and with the packages of the
 * addons, of which npm installs the one that fits.
 *
 * @param {any} manifest of the checkout
 */
export function packedManifest(manifest) {
  const { prepare: _prepare, ...scripts } = manifest.scripts;
  const addons = Object.keys(platforms).map((platform) => [kernelsPackage(platform), manifest.version]);
  return { ...manifest, scripts, optionalDependencies: Object.fromEntries(addons) };
}
