import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { readAll, writeFiles } from './read-all.js';

const count = 60;
const sound = new Uint8Array(
  parquetWriteBuffer({
    codec: 'UNCOMPRESSED',
    columnData: [
      { name: 'text', data: Array.from({ length: count }, (_, at) => `text ${at % 3}`), type: 'STRING' },
      { name: 'maybe', data: Array.from({ length: count }, (_, at) => (at % 5 ? at : null)), type: 'INT32' },
    ],
  }),
);
/** Each byte is changed with IMDB_RNN_TEST_ALL=1, else every seventh. */
const stride = process.env.IMDB_RNN_TEST_ALL ? 1 : 7;

describe('a Parquet file of which some bytes were changed', () => {
  it.each([
    ['one is 255', [0xff]],
    ['one is 128', [0x80]],
    ['one is zero', [0]],
    ['five are the largest count', [0xfe, 0xff, 0xff, 0xff, 0x0f]],
    ['five are the largest odd count', [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('is read or refused, in which place soever they are: %s', async (_, bytes) => {
    const folder = await writeFiles({});
    const path = join(folder, 'a.parquet');
    let refused = 0;
    for (let at = 0; at + bytes.length <= sound.length; at += stride) {
      const changed = Uint8Array.from(sound);
      changed.set(bytes, at);
      await writeFile(path, changed);
      try {
        const rows = await readAll(path, { onProblem: () => {} });
        expect(rows.length).toBe(count);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
