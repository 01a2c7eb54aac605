import type { TextConfig } from '../config/schema.js';

/** How much of a text is read. */
type Limit = Pick<TextConfig, 'maxLength' | 'lengthUnit'>;

/**
 * The start of a text: its first `maxLength` Unicode code points (`characters`) or UTF-8 bytes (`bytes`, as
 * TensorFlow's `tf.strings.substr` counts). What is left of a character that the cut goes through becomes one space,
 * because no letter is longer than one byte. Where `maxLength` counts tokens the text stays whole.
 */
export function truncate(text: string, limit: Limit): string {
  const { end, isCutThrough } = endOfRead(text, limit);
  const read = text.slice(0, end);
  return isCutThrough ? `${read} ` : read;
}

/**
 * How far a text is read, from some place on.
 *
 * @returns `end`: the place after the last character that is read whole; `isCutThrough`: whether the limit goes through
 *   the one after it
 */
export function endOfRead(
  text: string,
  { maxLength, lengthUnit }: Limit,
  start = 0,
): { end: number; isCutThrough: boolean } {
  const whole = { end: text.length, isCutThrough: false };
  if (lengthUnit === 'tokens') return whole;
  const inBytes = lengthUnit === 'bytes';
  // No text is longer in code points than in UTF-16 units, nor in UTF-8 bytes than three times that.
  if ((text.length - start) * (inBytes ? 3 : 1) <= maxLength) return whole;
  let length = 0;
  let position = start;
  while (position < text.length && length < maxLength) {
    const codePoint = text.codePointAt(position)!;
    length += inBytes ? utf8Bytes(codePoint) : 1;
    if (length > maxLength) return { end: position, isCutThrough: true };
    position += codePoint > 0xffff ? 2 : 1;
  }
  return { end: position, isCutThrough: false };
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
