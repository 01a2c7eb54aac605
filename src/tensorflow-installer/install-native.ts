import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { withFolderLock } from '../files/folder-lock.js';
import { makeFolder } from '../files/make-folder.js';
import { writeAtomically } from '../files/write-atomically.js';
import { checkFreeSpace } from './check-free-space.js';
import { addonFolders, compileAddon, wantedOfCuda, wantedOfTensorflow } from './compile-addon.js';
import { cudaRequirements } from './cuda-requirements.js';
import { downloadWheel } from './download-wheel.js';
import { fetchSources } from './fetch-sources.js';
import { findTools, type NativeTools } from './find-tools.js';
import type { InstallListener } from './install-event.js';
import { type Installation, installationFolder, manifestName, readInstallation } from './installation.js';
import type { NativeVariant } from './native-folder.js';
import { nativePlatform } from './native-platform.js';
import { defaultTensorflow, type NativeRecipe, nativeRecipe } from './native-recipe.js';
import { findNvidiaDriver } from './nvidia-driver.js';
import { unpackWheel } from './unpack-wheel.js';

export interface InstallOptions {
  readonly variant: NativeVariant;
  /** Version of the libraries. Default 2.21.0. */
  readonly tensorflow?: string;
  /** Install CUDA's build although no driver is found, as for an image that another machine will run. Default false. */
  readonly withoutDriver?: boolean;
  /** Computes with the installation in a folder, in a process of its own, and returns the device's name. */
  readonly selfTest: (folder: string) => Promise<string>;
  readonly onProgress?: InstallListener;
  readonly signal?: AbortSignal;
}

/** One step's view of the work: what is made, where, and with which programs. */
interface Job extends InstallOptions {
  readonly recipe: NativeRecipe;
  readonly tools: NativeTools;
  readonly wheelTags: readonly string[];
  /** Where it is made; renamed when it is whole. */
  readonly folder: string;
}

/**
 * Installs tfjs-node on a current TensorFlow under `root`: downloads the libraries, compiles the addon and tests it. All
 * of it is made in a folder of its own that gets its name at the end, so a broken installation is never picked up; what
 * an interrupted one has unpacked is kept for the next try.
 *
 * @returns the installation, and whether it is new: the one that was asked for may be there already
 * @throws UserError when something is missing, with what to do about it
 */
export async function installNative(
  root: string,
  options: InstallOptions,
): Promise<{ installation: Installation; installed: boolean }> {
  const { variant, tensorflow = defaultTensorflow, withoutDriver, signal } = options;
  const { arch, wheelTags } = nativePlatform(variant);
  const recipe = nativeRecipe(variant, { tensorflow, arch });
  if (variant === 'cuda' && !withoutDriver) await checkDriver();
  const tools = await findTools();
  const present = async () => {
    const found = await readInstallation(root, variant);
    return found?.tensorflow === recipe.wheel.replace('==', ' ') ? found : undefined;
  };
  return withFolderLock(
    root,
    async () => {
      const before = await present();
      if (before) return { installation: before, installed: false };
      const folder = `${installationFolder(root, variant)}.partial`;
      await beginOrGoOn(folder, recipe, root);
      const job = { ...options, recipe, tools, wheelTags, folder };
      await makeInstallation(job, arch);
      await replace(folder, installationFolder(root, variant));
      return { installation: (await readInstallation(root, variant))!, installed: true };
    },
    { signal },
  );
}

async function checkDriver(): Promise<void> {
  if (await findNvidiaDriver()) return;
  throw new UserError(
    'There is no NVIDIA driver here: nvidia-smi is not there or shows no GPU',
    'Install the driver (on Debian and Ubuntu: sudo apt-get install nvidia-driver), or add --without-driver to ' +
      'prepare an image for another machine.',
  );
}

/** Keeps the folder of an interrupted installation of the same things, empties any other. */
async function beginOrGoOn(folder: string, recipe: NativeRecipe, root: string): Promise<void> {
  const file = join(folder, 'recipe.json');
  const wanted = JSON.stringify(recipe, undefined, 2);
  if ((await readFile(file, 'utf8').catch(() => '')) === wanted) return;
  await rm(folder, { recursive: true, force: true });
  await checkFreeSpace(root, recipe.neededBytes);
  await makeFolder(folder);
  await writeAtomically(file, wanted);
}

async function makeInstallation(job: Job, arch: string): Promise<void> {
  const { variant, recipe, folder, tools, signal, onProgress, selfTest } = job;
  const stage = (text: string) => onProgress?.({ kind: 'stage', text });
  stage(`fetching ${recipe.sources.addon}`);
  await fetchSources(recipe.sources.addon, join(folder, addonFolders.addon), { signal });
  await fetchSources(recipe.sources.headers, join(folder, addonFolders.headers), { signal });
  await addWheel(recipe.wheel, wantedOfTensorflow, job);
  if (variant === 'cuda') {
    for (const requirement of await cudaRequirements(folder)) await addWheel(requirement, wantedOfCuda, job);
  }
  stage('compiling the addon');
  const libraries = (await readdir(join(folder, addonFolders.tensorflow))).filter((name) =>
    name.startsWith('libtensorflow_'),
  );
  await compileAddon(folder, { compiler: tools.compiler, libraries: libraries.sort(), signal });
  stage('testing it: a matrix product and a training step of a GRU');
  const device = await selfTest(folder);
  for (const left of [
    'wheels',
    'download',
    'recipe.json',
    join(addonFolders.tensorflow, 'include'),
    addonFolders.headers,
  ]) {
    await rm(join(folder, left), { recursive: true, force: true });
  }
  const manifest = {
    variant,
    tensorflow: recipe.wheel.replace('==', ' '),
    package: recipe.sources.addon.replace(/@(?=[^@]*$)/, ' '),
    arch,
    cuda: variant === 'cuda' ? await cudaPackages(folder) : [],
    device,
    installedAt: new Date().toISOString(),
  };
  await writeAtomically(join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Downloads and unpacks one wheel, unless an earlier try has done so. The wheel itself is not kept. */
async function addWheel(requirement: string, wanted: string, job: Job): Promise<void> {
  const { folder, tools, wheelTags, onProgress, signal } = job;
  const done = join(folder, 'wheels', encodeURIComponent(requirement));
  if ((await readFile(done, 'utf8').catch(() => undefined)) !== undefined) return;
  const name = requirement.replace(/[<>=!~].*$/, '');
  onProgress?.({ kind: 'stage', text: `downloading ${name}` });
  const { python } = tools;
  const download = { python, folder: join(folder, 'download'), wheelTags, onProgress, signal };
  const wheel = await downloadWheel(requirement, download);
  await unpackWheel(wheel, { python, target: folder, wanted, name, onProgress, signal });
  await rm(join(folder, 'download'), { recursive: true, force: true });
  await writeAtomically(done, wheel);
}

/** `nvidia-cudnn-cu12 9.10.2.21` of each `nvidia_cudnn_cu12-9.10.2.21.dist-info`. */
async function cudaPackages(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => {
      const [, packageName, version] = /^(nvidia_.+)-([^-]+)\.dist-info$/.exec(name) ?? [];
      return packageName ? [`${packageName.replaceAll('_', '-')} ${version}`] : [];
    })
    .sort();
}

/** Puts the new folder in the place of an old installation; one of the two has the name at any time but an instant. */
async function replace(fresh: string, place: string): Promise<void> {
  const former = `${place}.old`;
  await rm(former, { recursive: true, force: true });
  await rename(place, former).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, place);
  await rm(former, { recursive: true, force: true });
}
