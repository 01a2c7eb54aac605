import type { TextConfig } from '../config/schema.js';
import { tokenize } from './tokenize.js';

/** How much of some texts a model reads, in the unit of `text.maxLength`. */
export interface ReadingExtent {
  readonly texts: number;
  /** Texts of which a part is not read. */
  readonly cut: number;
  /** Length of the texts that are cut, as long as they are and as much as is read. */
  readonly cutLength: number;
  readonly cutRead: number;
}

export const nothingRead: ReadingExtent = { texts: 0, cut: 0, cutLength: 0, cutRead: 0 };

/** Adds the extents of some texts to what was found of others. */
export function addExtent(
  former: ReadingExtent,
  texts: readonly string[],
  config: TextConfig,
): ReadingExtent {
  return addParts(
    former,
    texts.map((text) => readOf(text, config)),
  );
}

/** How long a text is, and how much of that is read; any number up to `maxLength` twice where the whole text is surely read. */
export interface ReadPart {
  readonly length: number;
  readonly read: number;
}

/** How much of a text is read. */
export function readOf(text: string, config: TextConfig): ReadPart {
  const length = lengthOf(text, config);
  return { length, read: Math.min(length, config.maxLength) };
}

/** Adds what is read of some texts to what was found of others. */
export function addParts(former: ReadingExtent, parts: readonly ReadPart[]): ReadingExtent {
  let { cut, cutLength, cutRead } = former;
  for (const { length, read } of parts) {
    if (length === read) continue;
    cut += 1;
    cutLength += length;
    cutRead += read;
  }
  return { texts: former.texts + parts.length, cut, cutLength, cutRead };
}

/** The length of a text; any number up to `maxLength` where it is surely not above it, which is quicker. */
function lengthOf(text: string, config: TextConfig): number {
  const { lengthUnit, maxLength } = config;
  if (lengthUnit === 'bytes') return Buffer.byteLength(text);
  // No text has more characters or tokens than UTF-16 units.
  if (text.length <= maxLength) return text.length;
  if (lengthUnit === 'tokens') return tokenize(text, { ...config, maxLength: text.length }).length;
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if (text.codePointAt(at)! > 0xffff) pairs++;
  return text.length - pairs;
}
