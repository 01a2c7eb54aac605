/** Width of a character in DejaVu Sans, one of the widest fonts in use, as a share of the font size. */
const shares: readonly (readonly [characters: RegExp, share: number])[] = [
  [/[ijlI.,:;|'! ]/, 0.34],
  [/[frt()[\]{}/\\"-]/, 0.46],
  [/[mw%WM@]/, 1],
  [/[A-Z&_~+=<>#]/, 0.84],
  [/[\u0020-\u024f]/, 0.64],
];

/** How wide a text may become in SVG units, whichever sans-serif font the reader's system draws it in. */
export function textWidth(text: string, fontSize: number): number {
  const widths = Array.from(
    text,
    (character) => shares.find(([characters]) => characters.test(character))?.[1] ?? 1.05,
  );
  return widths.reduce((sum, share) => sum + share, 0) * fontSize;
}

/** A text of at most so many characters: the middle of a longer one goes, as names differ in their ends. */
export function withoutMiddle(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - end).join('')}…${characters.slice(-end).join('')}`;
}
