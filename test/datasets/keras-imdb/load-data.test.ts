import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type LoadedReviews, loadData } from '../../../src/datasets/keras-imdb/load-data.js';
import { countReviews, readNpz } from '../../../src/datasets/keras-imdb/npz-file.js';
import { RandomState } from '../../../src/datasets/keras-imdb/random-state.js';
import { parseWordIndex, wordsById } from '../../../src/datasets/keras-imdb/word-index.js';
import { UserError } from '../../../src/errors/user-error.js';
import { kerasConfig, listsOf, readGoldenNpz, readKerasGolden } from './keras-golden.js';

describe('RandomState', () => {
  it.each(readKerasGolden('shuffles'))("shuffles $count indices as NumPy's with seed $seed", (golden) => {
    expect([...new RandomState(golden.seed).shuffledIndices(golden.count)]).toEqual(golden.indices);
  });
});

describe('readNpz', () => {
  const small = readNpz(readGoldenNpz('small'));

  it.each(['protocol-2-stored', 'protocol-3', 'protocol-5', 'python-2'])(
    'reads the same reviews from %s.npz as from small.npz',
    (name) => {
      expect(readNpz(readGoldenNpz(name))).toEqual(small);
    },
  );

  it('counts the reviews of a split without reading them', () => {
    const archive = readGoldenNpz('small');
    expect([countReviews(archive, 'train'), countReviews(archive, 'test')]).toEqual([31, 17]);
  });
});

describe('loadData', () => {
  const stored = readNpz(readGoldenNpz('small'));

  it.each(readKerasGolden('small'))("gives Keras' ids and labels for $settings", (golden) => {
    const { train, test } = loadData(stored, kerasConfig(golden.settings));
    expect(listsOf(train)).toEqual(golden.xTrain);
    expect([...train.labels]).toEqual(golden.yTrain);
    expect(listsOf(test)).toEqual(golden.xTest);
    expect([...test.labels]).toEqual(golden.yTest);
  });

  it('says what to do when maxLength leaves no review', () => {
    expect(() => loadData(stored, kerasConfig({ maxlen: 2 }))).toThrow(UserError);
    expect(() => loadData(stored, kerasConfig({ maxlen: 2 }))).toThrow(
      'dataset.maxLength 2 leaves no review',
    );
  });
});

const folder =
  process.env.IMDB_RNN_TEST_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const whole = readKerasGolden('whole');
const path = join(folder, 'imdb.npz');
const content = existsSync(path) ? readFileSync(path) : undefined;
const isThere = content !== undefined && createHash('sha256').update(content).digest('hex') === whole.sha256;
const why = isThere ? '' : ' (skipped: that imdb.npz is not in ../shared/data or IMDB_RNN_TEST_DATA)';

describe.skipIf(!isThere)(`the whole imdb.npz${why}`, () => {
  it("has the lecture's first record, and decodes to its words", () => {
    const config = kerasConfig();
    const loaded = loadData(readNpz(content!), config);
    const first = listsOf(loaded.train)[0].slice(0, 10);
    expect(first).toEqual([1, 14, 22, 16, 43, 530, 973, 1622, 1385, 65]);
    const index = parseWordIndex(readFileSync(join(folder, 'imdb_word_index.json')));
    const words = wordsById(index, config, loaded);
    expect(first.map((id) => words[id]).join(' ')).toBe(
      '<sos> this film was just brilliant casting location scenery story',
    );
    expect(words.slice(0, 6)).toEqual(['<pad>', '<sos>', '<unk>', '<unused-3>', 'the', 'and']);
  });

  it.each(whole.cases)('is what Keras makes of it, to the last id, for $settings', (golden) => {
    const { train, test } = loadData(readNpz(content!), kerasConfig(golden.settings));
    expect([digest(train), digest(test)]).toEqual([golden.train, golden.test]);
  });
});

function digest({ ids, offsets, labels }: LoadedReviews): string {
  const hash = createHash('sha256');
  for (const array of [ids, offsets, labels]) {
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest('hex');
}
