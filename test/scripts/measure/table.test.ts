import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { groupOf, marks, resultsTables, withTables } from '../../../scripts/measure/table.mjs';
import { fillConfig } from '../../../src/config/fill-config.js';

const root = new URL('../../../', import.meta.url);
const { rivals } = JSON.parse(readFileSync(new URL('scripts/measure/rivals.json', root), 'utf8'));
const filled = (config: object = {}) => fillConfig({ model: { type: 'bagOfWords' }, ...config }, 'test');
const config = (name: string, accuracy: number, settings: object = {}) => ({
  name,
  description: 'what | it is.',
  results: [
    {
      ...{ accuracy, parameters: 1_234, epochSeconds: [10, 12], seconds: 23, machine: { cores: 2 } },
      filled: filled(settings),
    },
  ],
});
const kerasImdb = { dataset: { name: 'keras-imdb' }, text: { maxLength: 200, lengthUnit: 'tokens' } };
const rival = { group: 'short', name: 'Other', accuracy: '80.5 %', source: 'a paper' };

describe('the table of results', () => {
  it('has ours and others in one order, each with its source', () => {
    expect(resultsTables([config('worse', 0.7), config('better', 0.9)], [rival]).split('\n')).toEqual([
      '| The first 300 bytes or characters of each review | test accuracy | parameters | time | source |',
      '| --- | --- | --- | --- | --- |',
      '| **`better`**: what \\| it is | **90.0 % (1 seed)** | 1,234 | 11 s an epoch, 23 s in all | |',
      '| Other | 80.5 % | | | a paper |',
      '| **`worse`**: what \\| it is | **70.0 % (1 seed)** | 1,234 | 11 s an epoch, 23 s in all | |',
    ]);
  });

  it('keeps apart what cannot be compared, and leaves out what was not measured', () => {
    const full = config('full', 0.9, { text: { maxLength: 400, lengthUnit: 'tokens' } });
    const keras = config('keras', 0.8, kerasImdb);
    const nothing = { ...config('nothing', 0.9), results: [] };
    const tables = resultsTables([full, keras, nothing], rivals).split('\n\n');
    expect(tables).toHaveLength(2);
    expect(tables[0]).toMatch(/^\| Full reviews .*ULMFiT.*`full`/s);
    expect(tables[1]).toMatch(/^\| Keras' own data set.*200 words.*`keras`/s);
    expect(tables.join()).not.toContain('nothing');
  });

  it.each([
    [{ text: { maxLength: 300, lengthUnit: 'bytes' } }, 'short'],
    [{ text: { maxLength: 300, lengthUnit: 'tokens' } }, 'full'],
    [{ text: { maxLength: 100_000 } }, 'full'],
    [kerasImdb, 'keras-imdb'],
  ])('puts %j among %s', (settings, group) => {
    expect(groupOf(filled(settings))).toBe(group);
  });

  it('gives every figure of another program a source and a group', () => {
    for (const { name, accuracy, source, group } of rivals) {
      expect([name, source].every((text) => typeof text === 'string' && text.length > 0)).toBe(true);
      expect(accuracy).toMatch(/^\d\d\.\d+ %$/);
      expect(['short', 'full', 'keras-imdb']).toContain(group);
    }
  });
});

describe('the README', () => {
  it('has the marks, and keeps all that stands around them', () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8');
    const written = withTables(readme, 'a table');
    const [before, after] = [readme.indexOf(marks.begin), readme.indexOf(marks.end)];
    expect(written).toBe(`${readme.slice(0, before)}${marks.begin}\n\na table\n\n${readme.slice(after)}`);
    expect(withTables(written, 'a table')).toBe(written);
  });

  it('is refused without them', () => {
    expect(() => withTables('nothing', 'a table')).toThrow('lacks the lines');
  });
});
