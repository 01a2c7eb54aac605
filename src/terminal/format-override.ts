import type { AppliedOverride } from '../config/parse-config.js';

/** One line that tells what the command line changed of a config: `training.batchSize: 32 -> 64`. */
export function formatOverride({ key, from, to }: AppliedOverride): string {
  return `${key}: ${shown(from)} -> ${shown(to)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
