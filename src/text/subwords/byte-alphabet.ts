/**
 * The letters in which vocabulary.txt writes the bytes of UTF-8, as GPT-2 does (Radford et al. 2019, `bytes_to_unicode`):
 * a byte that Latin-1 shows as a mark or letter stands for itself, the 68 others are U+0100 and what follows it. So a
 * space is `Ġ`, and no token holds white space.
 */
const shown = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);

/** `[256]`: the letter's UTF-16 unit for each byte. */
export const letterOfByte = new Uint16Array(256);
/** `[256]`: the byte for each id below 256. Ids follow the letters' codes, as in GPT-2. */
export const byteOfId = new Uint8Array(256);
/** `[256]`: the id of each byte. */
export const idOfByte = new Uint8Array(256);

const shownCount = Array.from({ length: 256 }, (_, byte) => byte).filter(shown).length;
let shownBefore = 0;
for (let byte = 0; byte < 256; byte++) {
  const hiddenBefore = byte - shownBefore;
  const id = shown(byte) ? shownBefore++ : shownCount + hiddenBefore;
  letterOfByte[byte] = id < shownCount ? byte : 0x100 + hiddenBefore;
  byteOfId[id] = byte;
  idOfByte[byte] = id;
}

/** The byte of a letter; `undefined` for a UTF-16 unit that is none. */
const byteOfLetter = new Map(Array.from(letterOfByte, (letter, byte) => [letter, byte]));

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A well-formed text's UTF-8 bytes as letters. */
export function bytesAsLetters(text: string): string {
  let letters = '';
  for (const byte of encoder.encode(text)) letters += String.fromCharCode(letterOfByte[byte]);
  return letters;
}

/** Letters as bytes; `undefined` where one is not of the alphabet. */
export function lettersAsBytes(letters: string): Uint8Array | undefined {
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place++) {
    const byte = byteOfLetter.get(letters.charCodeAt(place));
    if (byte === undefined) return undefined;
    bytes[place] = byte;
  }
  return bytes;
}

/** Bytes as text; those that are no UTF-8 become U+FFFD. A byte order mark is text. */
export function bytesAsText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
