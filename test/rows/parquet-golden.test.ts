import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcome, valuesOf, writeFiles } from './read-all.js';

/** Made by scripts/golden/parquet.py. */
const golden: { rows: unknown[]; files: Record<string, string> } = JSON.parse(
  readFileSync(new URL('../golden/parquet/files.json', import.meta.url), 'utf8'),
);

describe('Parquet as pyarrow writes it', () => {
  it.each(Object.entries(golden.files))('is read to the last value: %s', async (_, content) => {
    expect(await valuesOf('a.parquet', Buffer.from(content, 'base64'))).toEqual(golden.rows);
  });

  it('is held against its checksums where it has them', async () => {
    const sound = Buffer.from(golden.files['none, pages 2.0'], 'base64');
    const at = sound.indexOf('text 7');
    const changed = Buffer.from(sound);
    changed.write('test', at);
    const folder = await writeFiles({ 'a.parquet': changed });
    expect(await outcome(join(folder, 'a.parquet'), {}, folder)).toEqual([
      'error: a.parquet is cut off or damaged in row group 1 of 2: a page that differs from its checksum. -> Copy or download the file again, or write it again.',
    ]);
  });
});
