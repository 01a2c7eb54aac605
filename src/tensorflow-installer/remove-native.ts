import { rename, rm, stat } from 'node:fs/promises';
import { withFolderLock } from '../files/folder-lock.js';
import { installationFolder } from './installation.js';
import { type NativeVariant, nativeVariants } from './native-folder.js';

/**
 * Removes installations under `root`, whatever an interrupted one has left included.
 *
 * @returns the folders that were there
 */
export async function removeNative(
  root: string,
  variants: readonly NativeVariant[] = nativeVariants,
): Promise<string[]> {
  if (!(await exists(root))) return [];
  return withFolderLock(root, async () => {
    const removed: string[] = [];
    for (const variant of variants) {
      const folder = installationFolder(root, variant);
      if (await exists(folder)) {
        // First out of sight: half of an installation must not be found.
        await rename(folder, `${folder}.old`);
        removed.push(folder);
      }
      if (await exists(`${folder}.partial`)) removed.push(`${folder}.partial`);
      for (const left of ['old', 'partial']) {
        await rm(`${folder}.${left}`, { recursive: true, force: true });
      }
    }
    return removed;
  });
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
