import type { TextConfig } from '../config/schema.js';
import { withoutTags } from './clean-text.js';

const letters = /[A-Za-z']+/g;

/**
 * A review's tokens: what white space separates once `cleanText` has run. No token is empty; there may be none.
 * Taking the runs of letters gives the same tokens as blanking out the rest and splitting, in half the time.
 */
export function tokenize(text: string, config: TextConfig): string[] {
  return withoutTags(text, config).match(letters) ?? [];
}
