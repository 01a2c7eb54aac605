import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { trainRun } from '../../src/jobs/train-run.js';
import { Predictor } from '../../src/prediction/predictor.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { figureOf } from '../../src/tasks/figure.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';

let folder: string;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const bagOfWords = { type: 'bagOfWords', weighting: 'binary' };

async function trained(config: Config, dataDir: string): Promise<RunFolder> {
  let run: RunFolder | undefined;
  const modelsDir = join(folder, 'models');
  for await (const event of trainRun({ config, configName: 'test', dataDir, modelsDir })) {
    if (event.type === 'prepared') run = event.run;
  }
  return run!;
}

async function accuracyOf(run: RunFolder, dataDir: string): Promise<number> {
  const options = { dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 64 };
  return figureOf(await evaluateRun(run, { split: 'test', ...options }), 'accuracy')!;
}

async function answersOf(run: RunFolder, texts: readonly string[]) {
  const predictor = await Predictor.open(run);
  try {
    return await predictor.predict(texts);
  } finally {
    predictor.dispose();
  }
}

describe.each([
  { text: { tokenizer: 'letters' }, atLeast: 0.65 },
  { text: { tokenizer: 'letters', letters: 'unicode', normalize: 'NFKC', plain: true }, atLeast: 0.65 },
  { text: { tokenizer: 'punctuation', digits: 'zero' }, atLeast: 0.65 },
  { text: { tokenizer: 'keras', lowercase: true }, atLeast: 0.65 },
  { text: { tokenizer: 'words', language: 'en', accents: 'remove' }, atLeast: 0.65 },
  { text: { tokenizer: 'characters', lengthUnit: 'tokens', keep: 'both', ngrams: 5 }, atLeast: 0.65 },
  { text: { tokenizer: 'subwords', vocabularySize: 3000 }, atLeast: 0.65 },
])('a model of the sample with $text', ({ text, atLeast }) => {
  it('is trained, evaluated and asked', async () => {
    const settings = { maxLength: 300, ...text };
    const training = { epochs: 4 };
    const raw = { dataset: { name: 'sample' }, text: settings, model: bagOfWords, training };
    const dataDir = join(folder, 'sample');
    const run = await trained(fillConfig(raw, 'test'), dataDir);
    expect(await accuracyOf(run, dataDir)).toBeGreaterThan(atLeast);
    const vocabulary = await run.readVocabulary();
    expect(vocabulary.text).toMatchObject(text);
    const texts = ['A wonderful, wonderful film', 'The worst film ever, boring and awful'];
    const answers = await answersOf(run, texts);
    expect(answers.map(({ note }) => note)).toEqual([undefined, undefined]);
    expect(answers.map(({ summary }) => summary)).toEqual(['positive', 'negative']);
    expect(await answersOf(run, [texts[1]])).toEqual([answers[1]]);
  });
});

/** Films, and what is said of them, in languages that put no spaces between words. */
const languages = {
  zh: { films: ['这部电影', '这个故事', '他的表演'], good: '非常精彩', bad: '十分无聊', end: '。' },
  ja: { films: ['この映画は', '物語は', '演技は'], good: '素晴らしい', bad: '退屈だった', end: '。' },
  th: { films: ['หนังเรื่องนี้', 'เรื่องราว', 'การแสดง'], good: 'สนุกมาก', bad: 'น่าเบื่อ', end: ' ' },
};

function examplesIn({ films, good, bad, end }: (typeof languages)['zh'], count: number) {
  return Array.from({ length: count }, (_, place) => {
    const target = place % 2;
    const sentence = (index: number) => `${films[index % films.length]}${target === 1 ? good : bad}${end}`;
    return { text: sentence(place >> 1) + (place % 3 === 0 ? sentence(place) : ''), target };
  });
}

describe.each(Object.entries(languages))('a model of texts in %s', (language, sayings) => {
  it.each([
    { tokenizer: 'words', language, vocabularySize: 50 },
    { tokenizer: 'characters', vocabularySize: 60 },
    { tokenizer: 'subwords', vocabularySize: 300 },
  ])('tells good from bad by $tokenizer', async (text) => {
    const dataDir = join(folder, `${language}-${text.tokenizer}`);
    await writeData(dataDir, { train: examplesIn(sayings, 60), test: examplesIn(sayings, 20) });
    const training = { epochs: 4, validationSplit: 0 };
    const raw = { dataset: { name: 'acl-imdb' }, text, model: bagOfWords, training };
    const run = await trained(fillConfig(raw, 'test'), dataDir);
    expect(await accuracyOf(run, dataDir)).toBe(1);
    const { films, good, bad } = sayings;
    const answers = await answersOf(run, [`${films[2]}${good}`, `${films[0]}${bad}`, 'ЖЖ', '<br />']);
    expect(answers.map(({ summary }) => summary).slice(0, 2)).toEqual(['positive', 'negative']);
    const unit = text.tokenizer === 'words' ? 'word' : 'character';
    expect(answers.map(({ note }) => note)).toEqual([
      undefined,
      undefined,
      `no known ${unit}`,
      `no ${unit} in it`,
    ]);
  });
});
