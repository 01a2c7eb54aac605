import type { TextConfig } from '../config/schema.js';
import { truncate } from './truncate.js';

// RE2's `\s`, which knows ASCII alone; JavaScript's would also match a no-break space.
const lineBreakTag = /<br[\t\n\f\r ]*\/?>/g;
const notALetter = /[^A-Za-z']/g;

/**
 * An example as the lecture cleans it (item 12): cut to `maxLength`, then each `<br />` becomes a space, then everything
 * but ASCII letters and `'`. Letters keep their case. The cut comes first, so a tag that it goes through stays as `br`.
 */
export function cleanText(text: string, config: TextConfig): string {
  return withoutTags(truncate(text, config)).replace(notALetter, ' ');
}

/** Each `<br />` as a space. */
export function withoutTags(text: string): string {
  return text.replace(lineBreakTag, ' ');
}
