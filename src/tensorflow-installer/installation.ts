import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type NativeVariant, nativeVariants } from './native-folder.js';

/** Name of the file that makes a folder an installation; it is written last. */
export const manifestName = 'native.json';

const manifestSchema = z.object({
  variant: z.enum(nativeVariants),
  /** Of the Python package whose libraries these are, such as `tensorflow-cpu 2.21.0`. */
  tensorflow: z.string(),
  /** Of the npm package, such as `@tensorflow/tfjs-node 4.22.0`. */
  package: z.string(),
  arch: z.string(),
  /** Python packages with CUDA's libraries, such as `nvidia-cudnn-cu12 9.10.2.21`. */
  cuda: z.array(z.string()),
  /** What the self-test computed on. */
  device: z.string(),
  installedAt: z.string(),
});
export type NativeManifest = z.infer<typeof manifestSchema>;

export interface Installation extends NativeManifest {
  /** Folder with `tfjs-node/`, `tensorflow/` and, for CUDA, `nvidia/`. */
  readonly folder: string;
}

export function installationFolder(root: string, variant: NativeVariant): string {
  return join(root, variant);
}

/** The installation of a variant under `root`; undefined where there is none, or none that was finished. */
export async function readInstallation(
  root: string,
  variant: NativeVariant,
): Promise<Installation | undefined> {
  const folder = installationFolder(root, variant);
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
    return manifest.variant === variant ? { ...manifest, folder } : undefined;
  } catch {
    return undefined;
  }
}

/** All finished installations under `root`. */
export async function findInstallations(root: string): Promise<Installation[]> {
  const found = await Promise.all(nativeVariants.map((variant) => readInstallation(root, variant)));
  return found.filter((installation) => installation !== undefined);
}
