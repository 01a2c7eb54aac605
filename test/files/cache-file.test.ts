import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCacheFile, writeCacheFile } from '../../src/files/cache-file.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cache-file-'));
  path = join(folder, 'a.bin');
});
afterEach(() => rm(folder, { recursive: true }));

const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength });

describe('a cache file', () => {
  it('gives back what was stored, section by section', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytesUpTo(20), { maxLength: 6 }), fc.string(), async (sections, key) => {
        await writeCacheFile(path, key, sections);
        const read = await readCacheFile(path, key);
        expect(read?.map((section) => [...section])).toEqual(sections.map((section) => [...section]));
        expect(await readCacheFile(path, `${key}!`)).toBeUndefined();
      }),
    );
  });

  it('begins each section at a multiple of 8 bytes of one buffer: numbers of any kind lie there as they are', async () => {
    await writeCacheFile(path, 'key', [
      Uint8Array.of(1, 2, 3),
      new Uint8Array(Float64Array.of(0.5, -2).buffer),
    ]);
    const [first, second] = (await readCacheFile(path, 'key'))!;
    expect([first.byteOffset % 8, second.byteOffset % 8, second.byteOffset - first.byteOffset]).toEqual([
      0, 0, 8,
    ]);
    expect(second.buffer).toBe(first.buffer);
    expect([...new Float64Array(second.buffer, second.byteOffset, 2)]).toEqual([0.5, -2]);
  });

  it('keeps sections of more bytes than are read at a time', async () => {
    const large = Uint8Array.from({ length: 20 * 2 ** 20 + 5 }, (_, place) => (place * 7919) >>> 8);
    await writeCacheFile(path, 'key', [large, Uint8Array.of(9)]);
    const [again, last] = (await readCacheFile(path, 'key'))!;
    expect(Buffer.compare(again, large)).toBe(0);
    expect([...last]).toEqual([9]);
  });

  it('is not used where one byte of a large section is wrong, or its last piece is missing', async () => {
    await writeCacheFile(path, 'key', [new Uint8Array(20 * 2 ** 20)]);
    const whole = await readFile(path);
    for (const place of [
      8 * 2 ** 20 - 1,
      8 * 2 ** 20,
      whole.length - 33,
      whole.length - 32,
      whole.length - 1,
    ]) {
      const damaged = Buffer.from(whole);
      damaged[place] ^= 1;
      await writeFile(path, damaged);
      expect(await readCacheFile(path, 'key')).toBeUndefined();
    }
    await writeFile(path, whole.subarray(0, 16 * 2 ** 20));
    expect(await readCacheFile(path, 'key')).toBeUndefined();
    await writeFile(path, whole);
    expect(await readCacheFile(path, 'key')).toBeDefined();
  });

  it('is stale where an earlier version wrote it', async () => {
    await writeCacheFile(path, 'key', [Uint8Array.of(1)]);
    const content = await readFile(path);
    const { createHash } = await import('node:crypto');
    const body = Buffer.from(content.subarray(0, -32));
    body.set(new Uint8Array(Uint32Array.of(1).buffer), 8);
    await writeFile(path, [body, createHash('sha256').update(body).digest()]);
    expect(await readCacheFile(path, 'key')).toBeUndefined();
  });

  it('is not there where the path is a folder or leads nowhere', async () => {
    expect(await readCacheFile(folder, 'key')).toBeUndefined();
    expect(await readCacheFile(join(folder, 'b', 'c'), 'key')).toBeUndefined();
  });
});
