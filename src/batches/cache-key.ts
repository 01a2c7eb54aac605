import { createHash } from 'node:crypto';
import type { TextConfig } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import type { Vocabulary } from '../text/vocabulary.js';

/** Counted up whenever the same text, settings and vocabulary would give other ids or statistics than before. */
const pipelineVersion = 2;

/**
 * Names what a cache file answers: SHA-256 (hex) over all that the ids depend on. Without a vocabulary it stands for
 * one that is counted on the split itself.
 */
export function cacheKey(split: Split, text: TextConfig, vocabulary?: Vocabulary): string {
  const settings = Object.entries(text).sort(([key], [otherKey]) => (key < otherKey ? -1 : 1));
  const given = vocabulary && [vocabulary.oovBuckets, vocabulary.serialize()];
  const parts: unknown[] = [pipelineVersion, split.name, split.labels, split.contentHash, settings];
  parts.push(given ?? 'counted', ...(split.features ? [split.features] : []));
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
