import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { openInput } from '../../src/terminal/open-input.js';
import { singleLines } from './single-lines.js';

async function* chunks(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('reading lines', () => {
  it.each([
    ['a\nb\n', ['a', 'b']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['\n\na', ['', '', 'a']],
    ['', []],
    ['\n', ['']],
    ['\r\n', ['']],
    ['a\rb', ['a\rb']],
    ['a\u2028b\n', ['a\u2028b']],
    ['\ufeffa\n', ['a']],
  ])('splits %j into %j', async (text, lines) => {
    expect(await collect(singleLines(chunks(text)))).toEqual(lines);
  });

  it('gives the same lines however the bytes are cut into chunks', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\ufeff]/g, '')));
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 7 }), async (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) =>
          bytes.subarray(part * size, (part + 1) * size),
        );
        expect(await collect(singleLines(chunks(...parts)))).toEqual(lines);
      }),
    );
  });

  it('replaces bytes that are not UTF-8 and goes on', async () => {
    const bytes = Buffer.from([0x61, 0xff, 0x62, 0x0a, 0x63, 0xe6, 0x98]);
    expect(await collect(singleLines(chunks(bytes)))).toEqual(['a\ufffdb', 'c\ufffd']);
  });

  it('hands a line on before the next one arrives', async () => {
    let asked = 0;
    const slow = (async function* () {
      for (const line of ['a\n', 'b\n']) {
        asked += 1;
        yield Buffer.from(line);
      }
    })();
    const lines = singleLines(slow);
    expect((await lines.next()).value).toBe('a');
    expect(asked).toBe(1);
  });
});

describe('opening the input', () => {
  it('reads a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'imdb-rnn-'));
    const path = join(folder, 'texts.txt');
    await writeFile(path, 'good\nbad');
    expect(await collect(singleLines(await openInput(path)))).toEqual(['good', 'bad']);
    await rm(folder, { recursive: true });
  });

  it('says that a file is not there or is a folder', async () => {
    await expect(openInput('no/such.txt')).rejects.toThrow(
      /^Cannot read no\/such\.txt: it is not there \(ENOENT\)\.$/,
    );
    await expect(openInput('no/such.txt')).rejects.toBeInstanceOf(UserError);
    await expect(openInput(tmpdir())).rejects.toThrow(/it is a folder, a file is expected/);
  });

  it('takes standard input for -', async () => {
    expect(await openInput('-')).toBe(process.stdin);
  });
});
