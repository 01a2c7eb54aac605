import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RowFileOptions } from '../../src/rows/row.js';
import { type Files, outcome, writeFiles } from './read-all.js';

const csv = 'text,label\ngood,pos\nbad,neg\n';
const zipped = gzipSync(csv);
const latin = (text: string) => Buffer.from(text, 'latin1');
const changed = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));
const wide = Buffer.from(csv, 'utf16le');

type Case = [title: string, name: string, files: Files, outcome: string[], options?: RowFileOptions];

const cases: Case[] = [
  [
    'gzip that is cut off',
    'a.csv.gz',
    { 'a.csv.gz': zipped.subarray(0, -9) },
    ['error: a.csv.gz is cut off: its gzip data have no end. -> Copy or download the file again.'],
  ],
  [
    'gzip whose checksum differs',
    'a.csv.gz',
    { 'a.csv.gz': changed(zipped, zipped.length - 7) },
    [
      'error: a.csv.gz is damaged: its gzip data are not sound (incorrect data check). -> Copy or download the file again.',
    ],
  ],
  [
    'gzip whose first bytes are damaged',
    'a.csv.gz',
    { 'a.csv.gz': changed(zipped, 2) },
    [
      'error: a.csv.gz is damaged: its gzip data are not sound (unknown compression method). -> Copy or download the file again.',
    ],
  ],
  [
    'gzip in gzip',
    'a.csv.gz',
    { 'a.csv.gz': gzipSync(zipped) },
    ['error: a.csv.gz is compressed twice. -> Unpack it once.'],
  ],
  [
    'gzip of nothing',
    'a.csv.gz',
    { 'a.csv.gz': gzipSync('') },
    ['error: a.csv.gz is empty once it is unpacked. -> Is it the right file?'],
  ],
  [
    'gzip of Parquet',
    'a.parquet.gz',
    { 'a.parquet.gz': gzipSync('PAR1') },
    ['error: a.parquet.gz is a gzip-compressed Parquet file. -> Unpack it first.'],
  ],
  [
    'gzip of a picture',
    'a.gz',
    { 'a.gz': gzipSync(latin('\x89PNG\r\n\x1a\n')) },
    ['error: a.gz is a PNG picture, no data file. -> Save its content as CSV, JSONL or plain text.'],
  ],
  [
    'a byte order mark alone',
    'a.csv',
    { 'a.csv': '\ufeff' },
    ['error: a.csv is empty. -> Is it the right file?'],
  ],
  [
    'bytes that are not UTF-8',
    'a.csv',
    { 'a.csv': latin('text,label\ncafé,pos\nbad,neg\n') },
    [
      'a.csv:2: holds bytes that are not UTF-8 (the first is 0xe9), read as U+FFFD. -> Give the encoding, which is often windows-1252, or save the file as UTF-8.',
      '2 rows',
    ],
  ],
  [
    'a character that is cut off',
    'a.txt',
    { 'a.txt': Buffer.from('one\ncafé').subarray(0, -1) },
    [
      'a.txt:2: holds bytes that are not UTF-8 (the first is 0xc3), read as U+FFFD. -> Give the encoding, which is often windows-1252, or save the file as UTF-8.',
      '2 rows',
    ],
  ],
  [
    'half of a pair in UTF-16',
    'a.txt',
    { 'a.txt': Buffer.from('\ufeffok\n\ud800!\n', 'utf16le') },
    ['a.txt:2: holds bytes that are not UTF-16LE, read as U+FFFD.', '2 rows'],
  ],
  [
    'an odd byte in UTF-16',
    'a.txt',
    { 'a.txt': Buffer.from('\ufeffok\nx', 'utf16le').subarray(0, -1) },
    ['a.txt:2: holds bytes that are not UTF-16LE, read as U+FFFD.', '2 rows'],
  ],
  [
    'UTF-16 without a mark',
    'a.csv',
    { 'a.csv': wide },
    [
      'error: a.csv seems to be UTF-16LE without a byte order mark. -> Give its encoding (utf-16le), or save it as UTF-8.',
    ],
  ],
  [
    'UTF-16 without a mark, other half first',
    'a.csv',
    { 'a.csv': Buffer.from(wide).swap16() },
    [
      'error: a.csv seems to be UTF-16BE without a byte order mark. -> Give its encoding (utf-16be), or save it as UTF-8.',
    ],
  ],
  [
    'a mark that contradicts',
    'a.csv',
    { 'a.csv': `\ufeff${csv}` },
    [
      'error: a.csv begins with the mark of UTF-8, the given encoding is windows-1252. -> Leave the encoding out: the mark tells it.',
    ],
    { encoding: 'latin1' },
  ],
  [
    'zeros',
    'a.csv',
    { 'a.csv': new Uint8Array(100) },
    [
      'error: a.csv is no text: 100 of its first 100 bytes are zero. -> Is it the right file? Save its content as CSV, JSONL or plain text.',
    ],
  ],
  [
    'a line of more than 32 MiB',
    'a.txt',
    { 'a.txt': 'x'.repeat(33 * 2 ** 20) },
    [
      'error: a.txt:1: the line is longer than 32 MiB. -> Is this a text file with a text on each line? If it is one JSON array, name it .json.',
    ],
  ],
  [
    'a folder that is no folder of classes',
    '.',
    { 'b/c.csv': csv },
    [
      'error: . has no folders with .txt files, one for each class. -> Name a file inside of it, or another folder.',
    ],
  ],
  [
    'a folder of splits',
    '.',
    { 'train/pos/1.txt': 'a', 'test/pos/1.txt': 'b' },
    ['error: . has no folders with .txt files, one for each class. -> Name a folder inside of it: test.'],
  ],
  [
    'a folder that is said to be a file',
    '.',
    { 'a.csv': csv },
    ['error: . is a folder, a file was expected. -> Name the file inside of it.'],
    { format: 'csv' },
  ],
  [
    'a folder without labels',
    '.',
    { 'texts.txt': 'a\n' },
    ['error: . does not hold both texts.txt and labels.txt. -> Name the two files.'],
    { format: 'pairs' },
  ],
  [
    'a class without texts and other files',
    '.',
    { 'neg/1.htm': '', 'pos/1.txt': 'a', 'pos/2.md': 'b' },
    [
      'neg:1: holds other files than .txt (1), which are left out.',
      'neg:1: holds no .txt file. -> Each folder is a class with its texts.',
      'pos:1: holds other files than .txt (1), which are left out.',
      '1 rows',
    ],
  ],
  [
    'texts that are none',
    '.',
    { 'pos/1.txt': 'a\0b', 'pos/2.txt': latin('café'), 'pos/3.txt': 'c' },
    [
      'pos/1.txt:1: holds NUL bytes and is left out. -> Is it a text?',
      'pos/2.txt:1: holds bytes that are not UTF-8, read as U+FFFD. -> Give the encoding, which is often windows-1252, or save the file as UTF-8.',
      '2 rows',
    ],
  ],
  [
    'more texts than labels',
    '.',
    { 'texts.txt': 'a\nb\nc\n', 'labels.txt': '1\n0\n' },
    [
      'error: texts.txt has 3 lines and labels.txt 2, where each text needs its label. -> Look for the line that is missing, or for a line end within a text, in the first 3 lines.',
    ],
  ],
  [
    'more labels than texts',
    '.',
    { 'texts.txt': 'a\nb\n', 'labels.txt': '1\n0\n1\n1\n' },
    [
      'error: texts.txt has 2 lines and labels.txt 4, where each text needs its label. -> Look for the line that is missing, or for a line end within a text, in the first 3 lines.',
    ],
  ],
  [
    'labels that are a picture',
    '.',
    { 'texts.txt': 'a\n', 'labels.txt': latin('GIF89a') },
    ['error: labels.txt is a GIF picture, no data file. -> Save its content as CSV, JSONL or plain text.'],
  ],
  [
    'labels with another format',
    'a.csv',
    { 'a.csv': csv, b: csv },
    [
      'error: a.csv is given with a file of labels, which the format "csv" does not have. -> Leave the format or the file of labels out.',
    ],
    { format: 'csv', labels: 'b' },
  ],
  [
    'a name that is nearly right',
    'revews.csv',
    { 'reviews.csv': csv },
    ['error: revews.csv is not there. -> Did you mean "reviews.csv"?'],
  ],
  [
    'a name that is like no other',
    'reviews.csv',
    { b: csv },
    ['error: reviews.csv is not there. -> Check the path.'],
  ],
  [
    'a file where a folder was expected',
    'a.csv/b.csv',
    { 'a.csv': csv },
    [
      'error: a.csv/b.csv cannot be reached: a part of the path is a file, not a folder (ENOTDIR). -> Check the path.',
    ],
  ],
];

describe('reading files that are damaged, of another kind or not there', () => {
  it.each(cases)('says what is wrong: %s', async (_, name, files, expected, options = {}) => {
    const folder = await writeFiles(files);
    expect(await outcome(join(folder, name), options, folder)).toEqual(expected);
  });

  it.skipIf(process.platform === 'win32')('refuses a link that leads nowhere and a device', async () => {
    const folder = await writeFiles({});
    await symlink(join(folder, 'a.csv'), join(folder, 'a.csv'));
    expect(await outcome(join(folder, 'a.csv'), {}, folder)).toEqual([
      'error: a.csv is a link that leads back to itself (ELOOP). -> Name the file itself.',
    ]);
    expect(await outcome('/dev/null', {}, folder)).toEqual([
      'error: /dev/null is a pipe or device, a file was expected. -> Files are read more than once: write the data into a file first.',
    ]);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says that a file may not be read (skipped for root, who may read all)',
    async () => {
      const folder = await writeFiles({ 'a.csv': csv });
      await chmod(join(folder, 'a.csv'), 0);
      await mkdir(join(folder, 'b'));
      expect(await outcome(join(folder, 'a.csv'), {}, folder)).toEqual([
        'error: a.csv may not be read: permission denied (EACCES). -> Change its permissions, or copy it to a place of yours.',
      ]);
    },
  );
});
