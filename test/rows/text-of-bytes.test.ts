import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { textOfBytes } from '../../src/rows/text-of-bytes.js';

const text = 'seed: 7 # Größe, 映画\n';
const little = Buffer.from(text, 'utf16le');
const big = Buffer.from(little).swap16();
const ascii = Buffer.from('seed: 7\n', 'utf16le');

describe('the text of a file that was read whole', () => {
  it.each([
    ['UTF-8', Buffer.from(text), text],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), text],
    ['UTF-16 of Windows, with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little]), text],
    ['UTF-16 the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), big]), text],
    ['UTF-16 without a mark', ascii, 'seed: 7\n'],
    ['UTF-16 the other way round without a mark', Buffer.from(ascii).swap16(), 'seed: 7\n'],
    ['gzip', gzipSync(text), text],
    ['gzip of UTF-16', gzipSync(Buffer.concat([Buffer.from([0xff, 0xfe]), little])), text],
    ['nothing', Buffer.alloc(0), ''],
  ])('is found out from its bytes: %s', (_what, bytes, expected) => {
    expect(textOfBytes(bytes, 'a.yaml')).toBe(expected);
  });

  it.each([
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'a.yaml is a PNG picture, no text.'],
    ['an .npz file', Buffer.from('PK\x03\x04\x14\0', 'latin1'), /^a\.yaml is a ZIP archive/],
    ['Parquet', Buffer.from('PAR1'), 'a.yaml is a Parquet file, no text.'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'a.yaml is zstd-compressed.'],
    ['zeros', Buffer.from('seed\0: 7\n'), 'a.yaml holds NUL bytes: it is no text.'],
    [
      'Latin-1',
      Buffer.from('a: 1\nb: 2\n# Größe\nc: 3\n', 'latin1'),
      'a.yaml is not UTF-8: line 3 holds bytes that are no characters of it.',
    ],
    ['gzip without an end', gzipSync(text).subarray(0, -9), /^a\.yaml is damaged or cut off as gzip data/],
    ['half a character of UTF-16', Buffer.from([0xff, 0xfe, 0x41]), /cut off or damaged as UTF-16LE/],
  ])('is refused by name where it is something else: %s', (_what, bytes, message) => {
    const read = () => textOfBytes(bytes, 'a.yaml');
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
  });
});
