import { UserError } from '../errors/user-error.js';
import { freeBytes } from '../files/free-space.js';

/** @throws UserError when less than `needed` bytes are free */
export async function checkFreeSpace(
  folder: string,
  needed: number,
  free: (folder: string) => Promise<number> = freeBytes,
): Promise<void> {
  const available = await free(folder);
  if (available >= needed) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new UserError(
    `${folder} has ${gigabytes(available)} free; the installation needs ${gigabytes(needed)} while it runs`,
    'Make room, or choose another disk: imdb-rnn native install --dir /path/on/another/disk',
  );
}
