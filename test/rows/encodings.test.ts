import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { readAll, valuesOf, writeFiles } from './read-all.js';

const text = 'text,label\n"café – 日本\n😀 ok",pos\nplain,neg\n';
const values = [
  { text: 'café – 日本\n😀 ok', label: 'pos' },
  { text: 'plain', label: 'neg' },
];
const wide = Buffer.from(text, 'utf16le');
const wideOther = Buffer.from(wide).swap16();
const bytes = (...parts: (Uint8Array | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** One raw block in a frame without checksum (RFC 8878), so that no Zstandard is needed to write it. */
const zstdFrame = (content: Uint8Array) => {
  const header = (content.length << 3) | 1;
  const block = [header & 255, (header >> 8) & 255, header >> 16];
  return bytes([0x28, 0xb5, 0x2f, 0xfd, 0x20, content.length], block, content);
};
const hasZstd = 'createZstdDecompress' in zlib;

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(text), {}],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), {}],
    ['UTF-16LE with its mark', bytes([0xff, 0xfe], wide), {}],
    ['UTF-16BE with its mark', bytes([0xfe, 0xff], wideOther), {}],
    ['UTF-16LE when told so', wide, { encoding: 'utf-16le' }],
    ['UTF-16BE when told so', wideOther, { encoding: 'utf-16be' }],
  ] as const)('reads %s', async (_, content, options) => {
    expect(await valuesOf('a.csv', content, options)).toEqual(values);
  });

  it('reads every byte of windows-1252 as the Encoding Standard has it', async () => {
    const all = Uint8Array.from({ length: 128 }, (_, index) => 128 + index);
    const [row] = await valuesOf('a.txt', all, { encoding: 'windows-1252' });
    const golden =
      '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ' +
      '\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ';
    expect(row.text).toBe(golden);
    expect(await valuesOf('a.txt', all, { encoding: 'latin1' })).toEqual([row]);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'tears no character at the borders of chunks: %s',
    async (encoding) => {
      // 256 KiB are read at once; a letter of odd length before shifts all others.
      for (let shift = 0; shift < 4; shift++) {
        const lines = ['x'.repeat(shift) + '😀é日'.repeat(100_000), 'end'];
        const little = Buffer.from(lines.join('\n'), encoding === 'utf-8' ? 'utf8' : 'utf16le');
        const content = encoding === 'utf-16be' ? little.swap16() : little;
        expect((await valuesOf('a.txt', content, { encoding })).map((row) => row.text)).toEqual(lines);
        if (encoding === 'utf-8') {
          const json = JSON.stringify(lines);
          expect((await valuesOf('a.json', json)).map((row) => row.text)).toEqual(lines);
        }
      }
    },
  );

  it('reads bytes that are no UTF-8 as U+FFFD and leaves other lines as they are', async () => {
    const folder = await writeFiles({ 'a.txt': Buffer.from('caf\xe9\nna\xefve\nok\n', 'latin1') });
    const lines: number[] = [];
    const rows = await readAll(join(folder, 'a.txt'), { onProblem: ({ line }) => lines.push(line) });
    expect(rows.map((row) => row.values.text)).toEqual(['caf\ufffd', 'na\ufffdve', 'ok']);
    expect(lines).toEqual([1, 2]);
  });
});

describe('compression', () => {
  it.each(['a.csv.gz', 'a.csv', 'data'])('unpacks gzip by its first bytes: %s', async (name) => {
    expect(await valuesOf(name, zlib.gzipSync(text))).toEqual(values);
    const members = bytes(zlib.gzipSync(text.slice(0, 20)), zlib.gzipSync(text.slice(20)));
    expect(await valuesOf(name, members)).toEqual(values);
  });

  it('takes a file that is named .gz and is not compressed as it is', async () => {
    expect(await valuesOf('a.csv.gz', text)).toEqual(values);
  });

  it.runIf(hasZstd)('unpacks zstd (this Node has it)', async () => {
    expect(await valuesOf('a.csv.zst', zstdFrame(Buffer.from(text)))).toEqual(values);
    const folder = await writeFiles({ 'a.csv.zst': zstdFrame(Buffer.from(text)) });
    expect(await openRowFile(join(folder, 'a.csv.zst'))).toMatchObject({
      format: 'csv',
      compression: 'zstd',
    });
  });

  it.runIf(hasZstd)('says that zstd is cut off or damaged (this Node has it)', async () => {
    const frame = zstdFrame(Buffer.from(text));
    await expect(valuesOf('a.csv.zst', frame.subarray(0, -9))).rejects.toThrow(/a\.csv\.zst is cut off/);
    await expect(
      valuesOf('a.csv.zst', bytes(frame.subarray(0, 5), [255, 255, 255, 255, 255])),
    ).rejects.toThrow(/a\.csv\.zst is (damaged|cut off)/);
  });

  it.skipIf(hasZstd)('says which Node reads zstd (this one does not)', async () => {
    await expect(valuesOf('a.csv.zst', zstdFrame(Buffer.from(text)))).rejects.toMatchObject({
      message: expect.stringMatching(
        /a\.csv\.zst is zstd-compressed, which Node \d+\.\d+\.\d+ cannot read\.$/,
      ),
      hint: 'Use Node 22.15 or later, or unpack the file with "zstd -d".',
    });
  });
});
