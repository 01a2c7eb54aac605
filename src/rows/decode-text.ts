import { isUtf8 } from 'node:buffer';
import type { TextEncoding } from './row.js';

/** What bytes 0x80 to 0x9f mean in windows-1252 (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

const marks = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
] as const;

/** The encoding that a byte order mark at the beginning names, and the mark's length in bytes. */
export function byteOrderMark(head: Buffer): { encoding: TextEncoding; bytes: number } | undefined {
  const found = marks.find(([, mark]) => head.subarray(0, mark.length).equals(mark));
  return found && { encoding: found[0], bytes: found[1].length };
}

/** Whether bytes are text in an encoding; every byte is something in windows-1252. */
export function isValidText(bytes: Buffer, encoding: TextEncoding): boolean {
  if (encoding === 'utf-8') return isUtf8(bytes);
  if (encoding === 'windows-1252') return true;
  return bytes.length % 2 === 0 && utf16(bytes, encoding).isWellFormed();
}

/** Bytes as text; what is not text in the encoding becomes U+FFFD. */
export function decodeText(bytes: Buffer, encoding: TextEncoding): string {
  if (encoding === 'utf-8') return bytes.toString('utf8');
  if (encoding !== 'windows-1252') {
    const text = utf16(bytes, encoding).toWellFormed();
    return bytes.length % 2 === 0 ? text : `${text}\ufffd`;
  }
  const text = bytes.toString('latin1');
  return text.replace(/[\x80-\x9f]/g, (character) => windows1252[character.charCodeAt(0) - 0x80]);
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  return (encoding === 'utf-16le' ? even : Buffer.from(even).swap16()).toString('utf16le');
}

/**
 * Where bytes may be cut so that no character is torn: after the last line end, or (`whole: 'character'`) after the last
 * whole character. 0 where there is no such place.
 *
 * @param options.lineEnd `\n`, or `\r` in files that know no other
 */
export function lastCut(
  bytes: Buffer,
  encoding: TextEncoding,
  options: { readonly whole: 'line' | 'character'; readonly lineEnd: '\n' | '\r' },
): number {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  if (options.whole === 'character') {
    if (wide) return lastWholeUnit(bytes, encoding);
    return encoding === 'utf-8' ? lastWholeCharacter(bytes) : bytes.length;
  }
  const code = options.lineEnd.charCodeAt(0);
  if (!wide) return bytes.lastIndexOf(code) + 1;
  const unit = Buffer.from(encoding === 'utf-16le' ? [code, 0] : [0, code]);
  let at = bytes.lastIndexOf(unit);
  while (at > 0 && at % 2 === 1) at = bytes.lastIndexOf(unit, at - 1);
  return at < 0 || at % 2 === 1 ? 0 : at + 2;
}

/** The end of the last character that is not cut off: at most the last three bytes belong to one that is. */
function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lastWholeUnit(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): number {
  const even = bytes.length & ~1;
  if (even === 0) return 0;
  const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2];
  return high >= 0xd8 && high < 0xdc ? even - 2 : even;
}
