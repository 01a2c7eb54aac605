import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examineStream, standardInput } from '../../src/rows/examine-stream.js';
import { singleLines } from '../terminal/single-lines.js';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(bytes: Uint8Array, size = 1 << 16): Promise<string[]> {
  const { bytes: text, encoding } = await examineStream(inPieces(bytes, size), { name: 'it' });
  const lines: string[] = [];
  for await (const line of singleLines(text, { encoding })) lines.push(line);
  return lines;
}

const wide = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const forms: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16', wide],
  ['UTF-16 the other way round', (text) => wide(text).swap16()],
  ['gzip', (text) => gzipSync(text)],
  ['gzip of UTF-16', (text) => gzipSync(wide(text))],
];

describe('a stream of texts', () => {
  it.each(forms)('is read in whatever pieces it comes: %s', async (_what, bytesOf) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        expect(await linesOf(bytesOf('An awful film\nGröße 映画\n'), size)).toEqual([
          'An awful film',
          'Größe 映画',
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('is answered with its first line, without waiting for a second', async () => {
    async function* one() {
      yield Buffer.from('a\n');
      await new Promise(() => {});
    }
    const { bytes, encoding } = await examineStream(one(), { name: 'it' });
    const { value } = await singleLines(bytes, { encoding }).next();
    expect(value).toBe('a');
  });

  it('of nothing has no lines', async () => {
    expect(await linesOf(Buffer.alloc(0))).toEqual([]);
  });

  it.each([
    ['{"text": "good", "label": 1}\n', 'it holds JSON lines'],
    ['[{"text": "good"}]', 'it holds a JSON array'],
    ['[\n  {\n    "text": "good"\n  }\n]\n', 'it holds a JSON array'],
    ['__label__positive a good film\n', 'it holds lines for fastText'],
    ['text,label\ngood,1\n', 'it begins with the header of a table (text,label)'],
    ['review,sentiment\n"good",positive\n', 'it begins with the header of a table (review,sentiment)'],
    ['"id"\t"review"\n1\tgood\n', 'it begins with the header of a table ("id"\t"review")'],
    ['Label;Text\n1;good\n', 'it begins with the header of a table (Label;Text)'],
  ])('that is a table is refused, with the option that reads it: %j', async (content, message) => {
    for (const bytes of [Buffer.from(content), wide(content), gzipSync(content)]) {
      await expect(linesOf(bytes)).rejects.toMatchObject({
        message: `${message}${message.includes('fastText') ? ' (__label__...)' : ''}, a text on each line was expected.`,
        hint: expect.stringMatching(/^Say that it is one: --format (jsonl|json|fasttext|csv)\.$/),
      });
    }
  });

  it('out of a pipe that is a table is sent to a file', async () => {
    const stream = examineStream(inPieces(Buffer.from('text,label\n'), 99), { name: standardInput });
    await expect(stream).rejects.toMatchObject({ hint: expect.stringMatching(/--file data\.csv\.$/) });
  });

  it.each([
    '{curly} braces, and no JSON',
    '[sic] a film',
    'A good film, a bad review',
    'Great text, good comment, fine',
    'review',
    'summary, in short: it is bad',
    'love,hate',
  ])('that only looks a little like a table is read: %j', async (line) => {
    expect(await linesOf(Buffer.from(`${line}\n`))).toEqual([line]);
  });

  it.each([
    ['a ZIP archive', Buffer.from('PK\x03\x04\x14\0', 'latin1')],
    ['a Parquet file', Buffer.from('PAR1\0')],
    ['NUL bytes', Buffer.from('a\0b\n')],
    ['zstd-compressed', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0])],
  ])('that is no text is refused by name: %s', async (name, bytes) => {
    await expect(linesOf(bytes)).rejects.toThrow(name);
    await expect(linesOf(bytes, 1)).rejects.toThrow(name);
  });
});
