import type { TextConfig } from '../config/schema.js';

/**
 * The start of a text: its first `maxLength` Unicode code points (`characters`) or UTF-8 bytes (`bytes`, as
 * TensorFlow's `tf.strings.substr` counts). What is left of a character that the cut goes through becomes one space,
 * because no letter is longer than one byte. Where `maxLength` counts tokens the text stays whole.
 */
export function truncate(text: string, { maxLength, lengthUnit }: TextConfig): string {
  if (lengthUnit === 'tokens') return text;
  const inBytes = lengthUnit === 'bytes';
  // No text is longer in code points than in UTF-16 units, nor in UTF-8 bytes than three times that.
  if (text.length * (inBytes ? 3 : 1) <= maxLength) return text;
  let length = 0;
  let position = 0;
  while (position < text.length && length < maxLength) {
    const codePoint = text.codePointAt(position)!;
    length += inBytes ? utf8Bytes(codePoint) : 1;
    if (length > maxLength) return `${text.slice(0, position)} `;
    position += codePoint > 0xffff ? 2 : 1;
  }
  return text.slice(0, position);
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
