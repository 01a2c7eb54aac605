import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeSplit } from '../../src/batches/encode-split.js';
import { prepareTraining } from '../../src/batches/prepare-training.js';
import type { Vocabulary } from '../../src/text/vocabulary.js';
import { textConfig } from '../text/text-config.js';
import { examples, splitOf } from './split-of.js';

const text = textConfig({ vocabularySize: 6, oovBuckets: 3 });
let cacheDir: string;

beforeEach(async () => {
  cacheDir = join(await mkdtemp(join(tmpdir(), 'cache-')), 'not', 'yet', 'there');
});
afterEach(() => rm(join(cacheDir, '..', '..', '..'), { recursive: true }));

const cacheFiles = () => readdir(cacheDir).catch((): string[] => []);
const theFile = async () => join(cacheDir, (await cacheFiles())[0]);

describe('prepareTraining', () => {
  it('takes from its cache what it computed before, without reading the examples again', async () => {
    const first = await prepareTraining(splitOf(examples), text, { cacheDir });
    const split = splitOf(examples);
    const second = await prepareTraining(split, text, { cacheDir });
    expect([first.fromCache, second.fromCache, split.reads]).toEqual([false, true, 0]);
    expect(second.encoded).toEqual(first.encoded);
    expect(second.statistics).toEqual(first.statistics);
    expect(second.vocabulary.serialize()).toBe(first.vocabulary.serialize());
    expect(second.vocabulary.idCount).toBe(9);
    expect(await cacheFiles()).toHaveLength(1);
  });

  it('caches a split without a single token', async () => {
    const empty = splitOf([{ text: '', target: 0 }]);
    await prepareTraining(empty, text, { cacheDir });
    const again = await prepareTraining(empty, text, { cacheDir });
    expect([again.fromCache, again.encoded.ids.length, [...again.encoded.offsets]]).toEqual([
      true,
      0,
      [0, 0],
    ]);
  });

  it.each([
    ['other content', {}, { contentHash: 'f'.repeat(64) }],
    ['another name', {}, { name: 'unsupervised' as const }],
    ['other labels', {}, { labels: ['positive', 'negative'] }],
    ['another cut', { maxLength: 20 }, {}],
    ['another unit', { lengthUnit: 'bytes' as const }, {}],
    ['another vocabulary size', { vocabularySize: 7 }, {}],
    ['other buckets', { oovBuckets: 4 }, {}],
    ['the other end', { lengthUnit: 'tokens' as const, keep: 'end' as const }, {}],
    ['further windows', { excerpts: 'windows' as const }, {}],
    ['parts', { excerpts: 2 }, {}],
    ['another tokenizer', { tokenizer: 'punctuation' as const }, {}],
    ['small letters', { lowercase: true }, {}],
    ['another minimum count', { minimumCount: 2 }, {}],
    ['n-grams', { ngrams: 2 }, {}],
    ['hashed n-grams', { ngrams: 2, ngramBuckets: 10 }, {}],
  ])('reads the examples again for %s', async (_what, textChanges, splitChanges) => {
    await prepareTraining(splitOf(examples), text, { cacheDir });
    const split = splitOf(examples, splitChanges);
    const { fromCache } = await prepareTraining(split, { ...text, ...textChanges }, { cacheDir });
    expect(fromCache).toBe(false);
    expect(await cacheFiles()).toHaveLength(2);
  });

  it('never uses a file that was cut short, anywhere, and replaces it', async () => {
    const { encoded } = await prepareTraining(splitOf(examples), text, { cacheDir });
    const path = await theFile();
    const whole = await readFile(path);
    for (let length = 0; length < whole.length; length += 7) {
      await writeFile(path, whole.subarray(0, length));
      const again = await prepareTraining(splitOf(examples), text, { cacheDir });
      expect([again.fromCache, again.encoded]).toEqual([false, encoded]);
    }
    expect(await readFile(path)).toEqual(whole);
  });

  it('never uses a file with one wrong byte, anywhere', async () => {
    const { encoded } = await prepareTraining(splitOf(examples), text, { cacheDir });
    const path = await theFile();
    const whole = await readFile(path);
    for (let place = 0; place < whole.length; place += 11) {
      const damaged = Buffer.from(whole);
      damaged[place] ^= 0x10;
      await writeFile(path, damaged);
      const again = await prepareTraining(splitOf(examples), text, { cacheDir });
      expect([again.fromCache, again.encoded]).toEqual([false, encoded]);
    }
  });

  it('never uses a whole file of other examples under the same name', async () => {
    await prepareTraining(splitOf(examples), text, { cacheDir });
    const path = await theFile();
    await rm(path);
    await prepareTraining(splitOf(examples.slice(1)), text, { cacheDir });
    await writeFile(path, await readFile(await theFile()));
    const { fromCache, statistics } = await prepareTraining(splitOf(examples), text, { cacheDir });
    expect([fromCache, statistics.examples]).toEqual([false, 12]);
  });

  it('works without a cache where none can be written', async () => {
    await writeFile(join(cacheDir, '..', '..', '..', 'file'), '');
    const blocked = join(cacheDir, '..', '..', '..', 'file', 'cache');
    const { fromCache, statistics } = await prepareTraining(splitOf(examples), text, { cacheDir: blocked });
    expect([fromCache, statistics.examples]).toEqual([false, 12]);
  });
});

describe('encodeSplit', () => {
  const test = () => splitOf([...examples].reverse(), { name: 'test' });
  let vocabulary: Vocabulary;

  beforeEach(async () => {
    ({ vocabulary } = await prepareTraining(splitOf(examples), text, { cacheDir }));
  });

  it('encodes with the vocabulary given and takes it from the cache the next time', async () => {
    const first = await encodeSplit(test(), { vocabulary, cacheDir });
    expect(first.targets).toEqual({
      values: Int32Array.from(examples, ({ target }) => target).reverse(),
    });
    expect(first.ids[0]).toBe(vocabulary.id('bored'));
    const split = test();
    expect(await encodeSplit(split, { vocabulary, cacheDir })).toEqual(first);
    expect(split.reads).toBe(0);
  });

  it('does not take what another vocabulary made', async () => {
    await encodeSplit(test(), { vocabulary, cacheDir });
    const other = (await prepareTraining(splitOf(examples.slice(6)), text, { cacheDir })).vocabulary;
    const split = test();
    const encoded = await encodeSplit(split, { vocabulary: other, cacheDir });
    expect(split.reads).toBe(1);
    expect(encoded.ids[0]).toBe(other.id('bored'));
  });

  it('does not take the counted form of the same split for the encoded one', async () => {
    const split = splitOf(examples);
    await encodeSplit(split, { vocabulary, cacheDir });
    expect(split.reads).toBe(1);
    const sizes = await Promise.all(
      (await cacheFiles()).map(async (file) => (await stat(join(cacheDir, file))).size),
    );
    expect(new Set(sizes).size).toBe(2);
  });
});
