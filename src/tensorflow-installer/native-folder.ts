import { homedir } from 'node:os';
import { join } from 'node:path';

/** What an installation computes with: the CPU alone, or an NVIDIA GPU too. */
export const nativeVariants = ['cpu', 'cuda'] as const;
export type NativeVariant = (typeof nativeVariants)[number];

/**
 * The folder of native installations: the one given, `IMDB_RNN_NATIVE_DIR`, or `imdb-rnn/native` in the user's cache
 * folder (`XDG_CACHE_HOME`, by default `~/.cache`).
 */
export function nativeFolder(folder?: string, environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = folder || environment.IMDB_RNN_NATIVE_DIR;
  if (chosen) return chosen;
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'imdb-rnn', 'native');
}
