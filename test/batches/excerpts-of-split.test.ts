import { describe, expect, it } from 'vitest';
import { exampleCount, idsOfExample } from '../../src/batches/encoded-split.js';
import { excerptsOfSplit } from '../../src/batches/excerpts-of-split.js';
import { prepareTraining } from '../../src/batches/prepare-training.js';
import { splitValidation } from '../../src/batches/split-validation.js';
import { readAll } from '../../src/datasets/read-all.js';
import type { Example, TextSplit } from '../../src/datasets/split.js';
import { Random } from '../../src/random/random.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';
import { textConfig } from '../text/text-config.js';
import { splitOf } from './split-of.js';

const text = textConfig({ maxLength: 8, lengthUnit: 'bytes', excerpts: 'windows' });
const split = splitOf([
  { text: 'one two three four', target: 1, weight: 2, features: [3] },
  { text: 'one', target: 0, features: [4] },
  { text: '', target: 1, features: [5] },
  { text: 'five six seven', target: 0, features: [6] },
]);

describe('excerpts of a split', () => {
  it('have what their text has', async () => {
    const excerpts = await readAll(excerptsOfSplit(split, text) as TextSplit);
    expect(excerpts).toEqual([
      { text: 'one two three four', target: 1, weight: 2, features: [3] },
      { text: 'three four', target: 1, weight: 2, features: [3], isFurther: true },
      { text: 'four', target: 1, weight: 2, features: [3], isFurther: true },
      { text: 'one', target: 0, features: [4] },
      { text: '', target: 1, features: [5] },
      { text: 'five six seven', target: 0, features: [6] },
      { text: ' seven', target: 0, features: [6], isFurther: true },
    ] satisfies Example[]);
  });

  it('are other content, by what a window is', () => {
    const hashes = [
      split,
      ...[
        text,
        { ...text, excerpts: 2 },
        { ...text, maxLength: 9 },
        { ...text, lengthUnit: 'characters' as const },
      ].map((settings) => excerptsOfSplit(split, settings)),
    ].map(({ contentHash }) => contentHash);
    expect(new Set(hashes).size).toBe(5);
  });

  it('are parts of the whole texts where a number is given', async () => {
    const parts = await readAll(excerptsOfSplit(split, { ...text, excerpts: 2 }) as TextSplit);
    expect(parts.map((part) => part.text)).toEqual([
      ...['one two three four', 'one two ', 'three four', 'one', '', 'five six seven', 'five ', 'six seven'],
    ]);
    expect(parts.map(({ isFurther = false }) => Number(isFurther)).join('')).toBe('01100011');
  });

  it('are the split itself where none are wanted', () => {
    expect(excerptsOfSplit(split, textConfig())).toBe(split);
  });
});

describe('a training split with excerpts', () => {
  const preparer = async () => {
    const cacheDir = await temporaryFolder();
    return (settings = text) => prepareTraining(split, settings, { cacheDir });
  };

  it('has an example for each, from the cache as well', async () => {
    const prepare = await preparer();
    const [first, again] = [await prepare(), await prepare()];
    expect(first.encoded.texts).toEqual(Int32Array.of(0, 3, 4, 5, 7));
    expect(first.encoded.targets.values).toEqual(Int32Array.of(1, 1, 1, 0, 1, 0, 0));
    expect([first.fromCache, again.fromCache]).toEqual([false, true]);
    expect(again.encoded).toEqual(first.encoded);
  });

  it('is another one in the cache without them', async () => {
    const prepare = await preparer();
    await prepare();
    const { fromCache, encoded } = await prepare({ ...text, excerpts: 'none' });
    expect([fromCache, encoded.texts, exampleCount(encoded)]).toEqual([false, undefined, 4]);
  });

  it('holds texts out with their excerpts and measures them as they are read in use, the same texts as without', async () => {
    const prepare = await preparer();
    const [all, firsts] = [await prepare(), await prepare({ ...text, excerpts: 'none' })];
    for (const seed of [1, 2, 3, 4, 5]) {
      const held = splitValidation(all.encoded, { validationSplit: 0.5, random: new Random(seed) });
      const plain = splitValidation(firsts.encoded, { validationSplit: 0.5, random: new Random(seed) });
      expect(held.places).toEqual(plain.places);
      expect(held.validation.targets).toEqual(plain.validation.targets);
      const tokens = ({ encoded, vocabulary }: typeof all, parts: typeof held) =>
        Array.from({ length: exampleCount(parts.validation) }, (_, example) =>
          Array.from(idsOfExample(parts.validation, example), (id) => vocabulary.token(id)),
        ).concat([[`${encoded.targets.offsets}`]]);
      expect(tokens(all, held)).toEqual(tokens(firsts, plain));
      const kept = [0, 1, 2, 3].filter((place) => !held.places.includes(place));
      const windows = [3, 1, 1, 2];
      expect(exampleCount(held.training)).toBe(kept.reduce((sum, place) => sum + windows[place], 0));
    }
  });
});
