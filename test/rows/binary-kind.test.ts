import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcome, writeFiles } from './read-all.js';

const latin = (text: string) => Buffer.from(text, 'latin1');

const binary: [name: string, start: string][] = [
  ['a PNG picture', '\x89PNG\r\n\x1a\n\0'],
  ['a JPEG picture', '\xff\xd8\xff\xe0'],
  ['a GIF picture', 'GIF89a'],
  ['a PDF document', '%PDF-1.7\n'],
  ['a ZIP archive (an .xlsx, .docx or .zip?)', 'PK\x03\x04\x14\0'],
  ['an SQLite database', 'SQLite format 3\0'],
  ['a program (ELF)', '\x7fELF\x02\x01'],
  ['an old Office document (an .xls or .doc?)', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['bzip2-compressed', 'BZh91AY&SY'],
  ['xz-compressed', '\xfd7zXZ\0'],
  ['a 7-Zip archive', "7z\xbc\xaf'\x1c"],
  ['a NumPy array', '\x93NUMPY'],
  ['a Python pickle', '\x80\x04\x95'],
  ['an Arrow (Feather) file', 'ARROW1\0\0'],
  ['a tar archive', `${'name'.padEnd(257, '\0')}ustar\0`],
  ['a Windows program', 'MZ\x90\0'],
];

describe('a file that is no text', () => {
  it.each(binary)('says what a file is that is no text: %s', async (name, start) => {
    const folder = await writeFiles({ 'a.csv': latin(start) });
    const [said, ...more] = await outcome(join(folder, 'a.csv'), {}, folder);
    expect(said.slice(0, said.indexOf(' -> '))).toBe(`error: a.csv is ${name}, no data file.`);
    expect(more).toEqual([]);
  });

  it.each([
    ['a.txt', 'MZ is where Mozart died\n', 1],
    ['a.txt', 'ORC, ID3 and GGUF are names\nRIFF\n', 2],
  ])('takes a text for a text though it begins as other files do: %s', async (name, content, rows) => {
    const folder = await writeFiles({ [name]: content });
    expect(await outcome(join(folder, name), {}, folder)).toEqual([`${rows} rows`]);
  });
});
