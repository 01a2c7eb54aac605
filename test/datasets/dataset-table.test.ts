import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { datasetOf, datasetTable, fixedVocabularyOf } from '../../src/datasets/dataset-table.js';
import { kerasConfig } from './keras-imdb/keras-golden.js';

/** All packages that a file of ours loads when it is loaded, itself or through others; types are not loaded. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, specifier] of source.matchAll(/^(?:import|export) (?!type)[^;]*?from '([^']+)'/gm)) {
    const found = specifier.startsWith('.')
      ? packagesOf(join(dirname(file), specifier.replace(/\.js$/, '.ts')), seen)
      : [specifier];
    for (const name of found) packages.add(name);
  }
  return packages;
}

describe('the table of data sets', () => {
  it('names each data set once and finds it by its settings', () => {
    const names = datasetTable.map(({ settings }) => settings.shape.name.value);
    expect(names).toEqual(['acl-imdb', 'sample', 'keras-imdb', 'files']);
    for (const [row, name] of names.entries()) expect(datasetOf({ name })).toBe(datasetTable[row]);
  });

  it('loads nothing but zod, so that checking a config stays quick', () => {
    const file = fileURLToPath(new URL('../../src/datasets/dataset-table.ts', import.meta.url));
    expect([...packagesOf(file)]).toEqual(['zod']);
  });

  it('names another data set only where there is one to take its place', () => {
    const { fallback } = datasetOf({ name: 'acl-imdb' });
    expect(fallback?.dataset).toEqual({ name: 'sample' });
    expect(fallback?.warnings({ dataDir: 'data', reason: 'no network.' })).toEqual([
      'the 25,000 reviews are not in data and cannot be downloaded: no network.',
      'training on the sample of 2,000 reviews that ships with imdb-rnn; its accuracy will be much lower',
    ]);
    for (const name of ['sample', 'keras-imdb'] as const)
      expect(datasetOf({ name }).fallback).toBeUndefined();
  });

  it('has a fixed vocabulary for keras-imdb alone, by its settings', () => {
    expect(fixedVocabularyOf(kerasConfig({ start_char: null, oov_char: 7 }))).toEqual({
      tokenizer: 'keras',
      lowercase: true,
      startsExamples: false,
      unknownId: 7,
    });
    expect(fixedVocabularyOf({ name: 'acl-imdb' })).toBeUndefined();
    expect(fixedVocabularyOf({ name: 'sample' })).toBeUndefined();
  });
});
