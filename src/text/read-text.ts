import type { TextConfig } from '../config/schema.js';
import { plainMarks } from './plain-marks.js';
import { truncate } from './truncate.js';

const notAscii = /[^\0-\x7f]/;
const digitRun = /\p{Nd}+/gu;
const digit = /\p{Nd}/gu;
const mark = /\p{M}+/gu;

/**
 * What of a text is split into tokens. The order of the steps: `plain`, `normalize`, `accents`, the cut to `maxLength`
 * where that counts characters or bytes (of what the steps before have left), small letters if `lowercase`, `digits`.
 */
export function readText(text: string, config: TextConfig): string {
  const read = truncate(normalizeText(config.plain ? plainMarks(text) : text, config), config);
  return changeDigits(config.lowercase ? read.toLowerCase() : read, config.digits);
}

/** Unicode's normalization form, and letters without their accents; ASCII is the same in all forms. */
export function normalizeText(
  text: string,
  { normalize, accents }: Pick<TextConfig, 'normalize' | 'accents'>,
): string {
  if ((normalize === 'none' && accents === 'keep') || !notAscii.test(text)) return text;
  const normal = normalize === 'none' ? text : text.normalize(normalize);
  return accents === 'keep' ? normal : normal.normalize('NFD').replace(mark, '').normalize('NFC');
}

/**
 * Decimal digits of every script: each run of them as a space, so that what stands around it stays apart, or each one as
 * `0`, so that numbers of equal length are the same token.
 */
function changeDigits(text: string, digits: TextConfig['digits']): string {
  if (digits === 'keep') return text;
  return digits === 'drop' ? text.replace(digitRun, ' ') : text.replace(digit, '0');
}
