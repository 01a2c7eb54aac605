/** The token that stands for white space, as in SentencePiece. */
export const spaceToken = '▁';

const spaceOrCharacter = /\s+|./gu;

/**
 * A well-formed text's code points, in reading order; a run of white space is one `▁`. Code points rather than what a
 * reader sees as one character: of those there is no end, so that a vocabulary of them has unknown ones.
 */
export function splitCharacters(text: string): string[] {
  const parts = text.match(spaceOrCharacter) ?? [];
  return parts.map((part) => (part.trim() === '' ? spaceToken : part));
}
