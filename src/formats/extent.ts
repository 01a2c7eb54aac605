import { countOf, formatCount, formatPercent } from './numbers.js';

/** What of some texts was read, in the unit of their lengths. */
export interface Extent {
  readonly texts: number;
  readonly cut: number;
  readonly cutLength: number;
  readonly cutRead: number;
}

/** `3 of 10 texts are longer than is read: 42.0 % of their characters were read`; `undefined` where none is. */
export function formatExtent({ texts, cut, cutLength, cutRead }: Extent, unit: string): string | undefined {
  if (cut === 0) return undefined;
  const share = formatPercent(cutRead / cutLength);
  const are = texts === 1 ? 'is' : 'are';
  return `${formatCount(cut)} of ${countOf(texts, 'text')} ${are} longer than is read: ${share} of their ${unit} were read`;
}

/** The same as plain data: `{ cut, shareRead }`, the share of the texts that are cut. */
export function extentRecord({ cut, cutLength, cutRead }: Extent): { cut: number; shareRead: number } {
  return { cut, shareRead: cut === 0 ? 1 : cutRead / cutLength };
}
