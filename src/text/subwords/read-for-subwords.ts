import type { TextConfig } from '../../config/schema.js';
import { withoutTags } from '../line-break-tags.js';
import { readText } from '../read-text.js';

/** What of a text is divided into subwords, well-formed. */
export function readForSubwords(text: string, config: TextConfig): string {
  return withoutTags(readText(text, config).toWellFormed());
}
