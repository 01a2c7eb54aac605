import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import { chooseText } from '../../src/inspection/choose-text.js';
import { dataWarnings } from '../../src/inspection/data-warnings.js';
import { inspectRows } from '../../src/inspection/inspect-rows.js';
import { LengthCounts } from '../../src/inspection/length-counts.js';
import { settingsForFiles } from '../../src/inspection/open-data.js';
import { proposeConfig, writeProposal } from '../../src/inspection/propose-config.js';
import type { Row } from '../../src/rows/row.js';
import { labelled } from './row-of.js';

const inspect = (rows: readonly Row[]) => inspectRows([rows], { textColumn: 'text', labelColumn: 'label' });

/** Rows with the same text but for a number, labels in turn. */
const repeated = (
  text: string,
  { rows = 40, labels = ['a', 'b'] }: { rows?: number; labels?: string[] } = {},
) =>
  labelled(
    ...Array.from(
      { length: rows },
      (_, index) => [`${text} ${index}`, labels[index % labels.length]] as const,
    ),
  );

const english = 'The film was not what I expected but it is one of the best and you have to see it';

function lengthsOf(values: readonly number[]) {
  const counts = new LengthCounts();
  for (const value of values) counts.add(value);
  return { lengths: counts.summary(), shareWithin: (tokens: number) => counts.shareWithin(tokens) };
}

describe('proposeConfig', () => {
  it('takes runs of words for few examples, and softmax where there are many labels', async () => {
    const few = await proposeConfig(await inspect(repeated(english)));
    expect([few.task, few.model.config]).toEqual(['classification', 'nb-ngrams']);
    const labels = Array.from({ length: 21 }, (_, index) => `L${index}`);
    const many = await proposeConfig(await inspect(repeated(english, { rows: 420, labels })));
    expect(many.model.config).toBe('averaged-embedding');
  });

  it('takes a network where there are enough examples, cut to what 95 % of the texts need', async () => {
    const inspection = { ...(await inspect(repeated(english))), rows: 50_000 };
    const proposal = await proposeConfig(inspection);
    expect(proposal.model.config).toBe('bigru-400');
    const settings = settingsForFiles(['reviews.csv'], { text: 'text', label: 'label' });
    const write = (values: readonly number[]) =>
      writeProposal(proposal, { inspection, settings, tokens: lengthsOf(values), name: 'reviews' });
    const lengths = Array.from({ length: 100 }, (_, index) => index + 1);
    const { config, cut, yaml } = write(lengths);
    expect(cut).toBe(100);
    expect(config.text).toMatchObject({ maxLength: 100, lengthUnit: 'tokens', tokenizer: 'letters' });
    expect(yaml).toContain('# Tokens of a text: half have at most 50, 95 % at most 95, 99 % at most 99');
    expect(write(lengths.map((length) => length * 10)).cut).toBe(400);
    expect(write([1, 1]).cut).toBe(10);
  });

  it('writes what can be read again as a config, with warnings as comments', async () => {
    const inspection = await inspect([
      ...repeated(english),
      ...labelled(['twice', 'rare: #1\n- x'], ['twice', 'a']),
    ]);
    const proposal = await proposeConfig(inspection);
    const settings = settingsForFiles(['a: b.csv', 'c.csv'], { text: 'the text', label: '# label' });
    const { yaml, config } = writeProposal(proposal, {
      ...{ inspection, settings, name: 'mine', time: 'about 3 s' },
      tokens: lengthsOf([3, 4]),
    });
    expect(parseConfig(yaml, 'mine').config).toEqual(config);
    expect(config.dataset).toMatchObject({
      ...{ name: 'files', train: ['a: b.csv', 'c.csv'], text: 'the text', label: '# label' },
    });
    expect(yaml).toContain('# Training: about 3 s.');
    expect(yaml).toContain(
      '# Warning: 1 label with fewer than 10 texts, too few to learn: "rare: #1\\n- x" (1).',
    );
    expect(yaml).toContain('# Warning: 1 text with one label here and another there.');
  });

  it('refuses data without two labels', async () => {
    await expect(proposeConfig(await inspect(repeated(english, { labels: ['a'] })))).rejects.toThrow(
      'All texts have the label "a"',
    );
    const none = await inspectRows([repeated(english)], { textColumn: 'text' });
    await expect(proposeConfig(none)).rejects.toThrow('The data has no labels.');
  });
});

describe('chooseText', () => {
  const chosen = async (text: string, readsInOrder: boolean) => {
    const settings = chooseText(await inspect(repeated(text)), { readsInOrder });
    return Object.fromEntries(settings.map(({ key, value }) => [key, value]));
  };

  it.each([
    ['English in order', english, true, { tokenizer: 'letters', lowercase: true }],
    ['English', english, false, { tokenizer: 'punctuation', lowercase: true }],
    [
      'German',
      'Der Film ist nicht schlecht und ich habe mich auf das Ende gefreut',
      true,
      { normalize: 'NFC', tokenizer: 'punctuation', lowercase: true },
    ],
    ['Chinese', '这部电影非常好看', true, { normalize: 'NFKC', tokenizer: 'words', language: 'zh' }],
    ['Japanese', 'この映画はとても面白い', false, { normalize: 'NFKC', tokenizer: 'words', language: 'ja' }],
    ['Thai', 'หนังเรื่องนี้สนุกมาก', false, { normalize: 'NFC', tokenizer: 'words', language: 'th' }],
    ['Arabic', 'كان الفيلم رائعا', false, { normalize: 'NFC', tokenizer: 'punctuation' }],
    ['entities', `${english} &amp; more`, false, { plain: true, tokenizer: 'punctuation', lowercase: true }],
    ['no letters', '😀🎉', false, { tokenizer: 'punctuation' }],
  ])('for %s', async (_, text, readsInOrder, expected) => {
    expect(await chosen(text, readsInOrder)).toEqual(expected);
  });
});

describe('dataWarnings', () => {
  it('says nothing of sound data', async () => {
    expect(dataWarnings(await inspect(repeated(english)))).toEqual([]);
  });

  it('takes labels with a mark between others for several in one cell, whatever their counts', async () => {
    const labels = ['a', 'b', 'c', 'a|b', 'b|c', 'a|c', 'a|b|c'];
    expect(dataWarnings(await inspect(repeated(english, { rows: 70, labels })))).toEqual([
      expect.stringMatching(
        /^labels such as "[abc|]+" look like several in one cell: dataset\.labelSeparator: "\|" makes them that$/,
      ),
    ]);
  });

  it('tells of imbalance from a ratio of three on', async () => {
    const labels = (most: number) => ['b', ...Array.from({ length: most }, () => 'a')];
    const warningsOf = async (most: number) =>
      dataWarnings(await inspect(repeated(english, { rows: 10 * (most + 1), labels: labels(most) })));
    expect(await warningsOf(2)).toEqual([]);
    expect(await warningsOf(3)).toEqual([
      '"a" has 3 times the texts of "b": accuracy flatters, look at balanced accuracy and F1',
    ]);
  });
});
