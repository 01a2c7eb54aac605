/** What a text may hold that is worth knowing before a tokenizer is chosen. */
export const textMarks = [
  'mojibake',
  'replacementCharacters',
  'htmlTags',
  'htmlEntities',
  'urls',
  'emoji',
  'digits',
] as const;
export type TextMark = (typeof textMarks)[number];

/** What windows-1252 shows for the bytes 0x80 to 0xbf, which UTF-8 has inside of a character; Latin-1's as well. */
const continuation = '\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
/** The same without what may follow a letter in sound text: white space, quotes, dashes and the ellipsis. */
const inWord = '\\u0080-\\u0084\\u0086-\\u009f¡-ª¬-º¼-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™šœžŸ';

/**
 * UTF-8 that was read as windows-1252 or Latin-1: `Ã©`, `â€™`, `Ð¿`, `ðŸ™‚`. The first byte of a character of two, three or
 * four bytes, and as many that continue it. Letters of sound text (`à »`, `Spaß“`) do not count, so some is missed.
 */
const mojibake = new RegExp(
  `[ÂÃÄÅÎÏÐÑ×ØÙ][${inWord}]|Å“[a-z]|Â[\\u00a0«»]|[à-ï][${inWord}][${continuation}]|ð[\\u009fŸ][${continuation}]{2}`,
);

const patterns: Readonly<Record<TextMark, RegExp>> = {
  mojibake,
  replacementCharacters: /\ufffd/,
  htmlTags: /<(?:\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?|!--[^>]*--)>/i,
  htmlEntities: /&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[\da-f]{1,6});/i,
  urls: /\bhttps?:\/\/[^\s<>"]+|\bwww\.[a-z0-9-]+\.[a-z]/i,
  emoji: /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u,
  digits: /\p{Nd}/u,
};

/** Patterns that no text of ASCII letters alone can match. */
const beyondAscii: readonly TextMark[] = ['mojibake', 'replacementCharacters', 'emoji'];
const ascii = /^\p{ASCII}*$/u;

/** Which marks a text has. */
export function marksIn(text: string): TextMark[] {
  const isAscii = ascii.test(text);
  return textMarks.filter((mark) => !(isAscii && beyondAscii.includes(mark)) && patterns[mark].test(text));
}

const tags = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi;

/** A text with a space in place of each HTML tag. */
export function withoutHtml(text: string): string {
  return text.includes('<') ? text.replace(tags, ' ') : text;
}
