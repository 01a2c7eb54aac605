import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCached, writeCached } from '../../src/files/bounded-cache.js';
import { cacheLimit } from '../../src/files/cache-limit.js';
import { usingCacheFile } from '../../src/files/cache-use.js';
import { clearCache, makeRoom } from '../../src/files/clear-cache.js';
import { bytesOf, listCache } from '../../src/files/list-cache.js';
import { machine, temporaryPath } from '../../src/files/write-atomically.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

const about = { split: 'train', examples: 3, holds: 'counted', settings: { maxLength: 9 } } as const;
const hour = 3600;
const now = Date.UTC(2025, 0, 31);
/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

let folder: string;
beforeEach(async () => {
  folder = join(await temporaryFolder(), 'cache');
});

/** A cache file of about 1,000 bytes, last used so many hours before `now`. */
async function store(name: string, hoursAgo: number, { bytes = 800 } = {}): Promise<string> {
  const path = join(folder, `${name}.bin`);
  await writeCached(path, name, [new Uint8Array(bytes)], { cacheSize: 1e9, about });
  await setAge(path, hoursAgo);
  return path;
}

async function setAge(path: string, hoursAgo: number): Promise<void> {
  const time = new Date(now - hoursAgo * hour * 1000);
  await utimes(path, time, time);
}

async function outdate(path: string, hoursAgo: number): Promise<void> {
  const content = await readFile(path);
  content.writeUInt32LE(77, 8);
  await writeFile(path, content);
  await setAge(path, hoursAgo);
}

const names = async () => (await readdir(folder)).map((name) => name.replace('.bin', '')).sort();

describe('making room in a cache', () => {
  it('removes what was not used for longest, and no more than it must', async () => {
    await store('b', 2);
    await store('a', 3);
    await store('c', 1);
    const size = (await stat(join(folder, 'a.bin'))).size;
    expect(await makeRoom(folder, { limit: 3 * size })).toEqual([]);
    expect((await makeRoom(folder, { limit: 3 * size - 1 })).map(({ name }) => name)).toEqual(['a.bin']);
    expect((await makeRoom(folder, { limit: 2 * size, incoming: 1 })).map(({ name }) => name)).toEqual([
      'b.bin',
    ]);
    expect(await names()).toEqual(['c']);
  });

  it('removes what is left of dead processes, and files of other versions first', async () => {
    await store('old', 9);
    await outdate(await store('outdated', 1), 1);
    const half = `${join(folder, 'x.bin')}.${deadPid()}@${machine}.tmp`;
    await writeFile(half, 'half');
    const size = (await stat(join(folder, 'old.bin'))).size;
    const removed = await makeRoom(folder, { limit: 2 * size });
    expect(removed.map(({ name }) => name)).toEqual([basename(half)]);
    expect((await makeRoom(folder, { limit: 2 * size - 1 })).map(({ name }) => name)).toEqual([
      'outdated.bin',
    ]);
    expect(await names()).toEqual(['old']);
  });

  it('leaves alone what is no cache file, what another process writes or reads, and what it is told to keep', async () => {
    const living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(living, 'spawn');
    const [read, kept] = [await store('read', 9), await store('kept', 8)];
    const stay = [
      `${basename(read)}.${living.pid}@${machine}.use`,
      `y.bin.${living.pid}@${machine}.tmp`,
      'notes.txt',
      'weights.bin',
    ];
    for (const name of stay) await writeFile(join(folder, name), 'something');
    await store('idle', 1);
    const removed = await makeRoom(folder, { limit: 0, keep: kept });
    const left = await readdir(folder);
    living.kill();
    await once(living, 'exit');
    expect(removed.map(({ name }) => name)).toEqual(['idle.bin']);
    expect(left.sort()).toEqual([...stay, 'read.bin', 'kept.bin'].sort());
    // The mark goes with its process: now the file may go, too.
    const later = await makeRoom(folder, { limit: 0 });
    expect(later.map(({ name }) => name).sort()).toEqual([stay[0], stay[1], 'read.bin', 'kept.bin'].sort());
  });

  it('takes a mark of another machine for an hour for true', async () => {
    const path = await store('far', 9);
    const mark = `${path}.1@elsewhere.use`;
    await writeFile(mark, '');
    const inUse = async (later: number) => (await listCache(folder, { now: Date.now() + later }))[0].inUse;
    expect(await inUse(59 * 60 * 1000)).toBe(true);
    const [leftOver, file] = await listCache(folder, { now: Date.now() + 61 * 60 * 1000 });
    expect([leftOver.kind, file.inUse]).toEqual(['leftOver', false]);
  });
});

describe('a use of a cached file', () => {
  it('touches its times and marks it until it is over, several uses at once as well', async () => {
    const path = await store('a', 50);
    let end = () => {};
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    const time = new Date(now - 5000);
    const uses = [
      usingCacheFile(path, () => held, { now: () => time }),
      usingCacheFile(path, async () => {}),
    ];
    await uses[1];
    const [file] = await listCache(folder);
    expect(file).toMatchObject({ name: 'a.bin', inUse: true });
    expect(await makeRoom(folder, { limit: 0 })).toEqual([]);
    end();
    await uses[0];
    expect(await names()).toEqual(['a']);
    expect(Math.abs((await stat(path)).mtimeMs - Date.now())).toBeLessThan(60_000);
    await usingCacheFile(path, async () => {}, { now: () => time });
    expect((await stat(path)).mtimeMs).toBe(time.getTime());
  });

  it('saves a file that was the oldest', async () => {
    await store('a', 3);
    await store('b', 2);
    expect(await readCached(join(folder, 'a.bin'), 'a')).toHaveLength(1);
    await makeRoom(folder, { limit: 1500 });
    expect(await names()).toEqual(['a']);
  });

  it('leaves nothing where there is no such file', async () => {
    expect(await readCached(join(folder, 'none.bin'), 'none')).toBeUndefined();
    expect(await readdir(folder).catch(() => 'none')).toBe('none');
  });
});

describe('writing into a bounded cache', () => {
  it('stays within the limit, and keeps the newest', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      await writeCached(join(folder, `${name}.bin`), name, [new Uint8Array(800)], { cacheSize: 2500, about });
      await setAge(join(folder, `${name}.bin`), 100 - name.charCodeAt(0) + 97);
      expect(bytesOf(await listCache(folder))).toBeLessThanOrEqual(2500);
    }
    expect(await names()).toEqual(['c', 'd']);
  });

  it('does not keep what is larger than the limit, nor clears anything for it', async () => {
    await store('a', 1);
    await writeCached(join(folder, 'b.bin'), 'b', [new Uint8Array(3000)], { cacheSize: 2500, about });
    await writeCached(join(folder, 'c.bin'), 'c', [new Uint8Array(8)], { cacheSize: 0, about });
    expect(await names()).toEqual(['a']);
  });

  it('says of each file what it holds', async () => {
    await store('a', 1);
    expect((await listCache(folder))[0]).toMatchObject({ kind: 'current', about, inUse: false });
  });
});

describe('clearing a cache', () => {
  it('removes all, or what was not used for so long', async () => {
    await store('a', 1);
    await store('b', 48);
    expect((await clearCache(folder, { olderThan: 24 * hour, now })).map(({ name }) => name)).toEqual([
      'b.bin',
    ]);
    expect((await clearCache(folder)).map(({ name }) => name)).toEqual(['a.bin']);
    expect(await clearCache(join(folder, 'not there'))).toEqual([]);
  });

  it('leaves half a file of this process', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(temporaryPath(join(folder, 'x.bin')), 'half');
    expect(await clearCache(folder)).toEqual([]);
  });
});

describe('the limit of a cache', () => {
  const free = async () => 1e9;

  it('is what is given, else the environment variable, else 4 GB or a tenth of the free disk', async () => {
    const environment = { IMDB_RNN_CACHE_SIZE: '2GB' };
    expect(await cacheLimit(folder, { given: 5, environment })).toEqual({ bytes: 5, from: 'option' });
    expect(await cacheLimit(folder, { environment })).toEqual({ bytes: 2e9, from: 'environment' });
    expect(await cacheLimit(folder, { environment: {}, free })).toEqual({ bytes: 1e8, from: 'default' });
    const much = { environment: {}, free: async () => 1e12 };
    expect((await cacheLimit(folder, much)).bytes).toBe(4e9);
  });

  it('does not shrink as the cache fills the disk', async () => {
    await store('a', 1);
    const { size } = await stat(join(folder, 'a.bin'));
    const options = { environment: {}, free: async () => 1e9 - size };
    expect((await cacheLimit(folder, options)).bytes).toBe(1e8);
  });

  it('is an error where the variable holds no size', async () => {
    const environment = { IMDB_RNN_CACHE_SIZE: 'much' };
    await expect(cacheLimit(folder, { environment })).rejects.toThrow('IMDB_RNN_CACHE_SIZE is "much"');
  });
});
