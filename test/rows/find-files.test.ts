import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../src/rows/find-files.js';
import { writeFiles } from './read-all.js';

const make = () => writeFiles({ 'b.csv': 'b', 'a.csv': 'a', 'c.txt': 'c', 'd/e.csv': 'e', 'x[1].csv': 'x' });

describe('findFiles', () => {
  it('gives the files that patterns and paths name, sorted, each once', async () => {
    const folder = await make();
    const found = await findFiles([`${folder}/[ab].csv`, `${folder}/b.csv`, `${folder}/**/*.{csv,txt}`]);
    const names = ['a.csv', 'b.csv', 'c.txt', 'd/e.csv', 'x[1].csv'];
    expect(found.map((path) => path.slice(folder.length + 1))).toEqual(names);
  });

  it('takes a path that exists for itself, and a folder too', async () => {
    const folder = await make();
    expect(await findFiles([join(folder, 'x[1].csv'), join(folder, 'd')])).toEqual([
      join(folder, 'x[1].csv'),
      join(folder, 'd'),
    ]);
  });

  it.each([
    ['c.csv', 'c.csv is not there.', 'Did you mean "a.csv"?'],
    ['nothing', 'nothing is not there.', 'Check the path.'],
    ['*.parquet', 'No file matches *.parquet.', 'Check the path.'],
  ])('says what is there instead of %s', async (name, message, hint) => {
    const folder = await make();
    const error = await findFiles([`${folder}/${name}`]).catch((thrown) => thrown);
    expect(error.name).toBe('UserError');
    expect(error.message.replaceAll(`${folder}/`, '')).toBe(message);
    expect(error.hint.replaceAll(`${folder}/`, '')).toBe(hint);
  });
});
