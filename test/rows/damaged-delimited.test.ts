import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RowFileOptions } from '../../src/rows/row.js';
import { outcome, writeFiles } from './read-all.js';

type Case = [title: string, content: string, options: RowFileOptions, outcome: string[]];

const openQuotes = `text,label\n${'x,"a\n'.repeat(3)}`;
const long = 'z'.repeat(5_000_000);

/** Each is read as csv; */
const cases: Case[] = [
  [
    'a field too many',
    'text,label\ngood, really,pos\nbad,neg\n',
    {},
    [
      'a.csv:2: has 3 fields where the header has 2. -> A field that contains "," must be enclosed in quotes.',
      '1 rows',
    ],
  ],
  [
    'a field too few',
    'text,label\ngood\nbad,neg\n',
    {},
    ['a.csv:2: has 1 field where the header has 2. -> Is "," the delimiter of this file?', '1 rows'],
  ],
  [
    'a field too many behind tabs',
    'text\tlabel\na\tb\tc\nd\te\n',
    {},
    [
      'a.csv:2: has 3 fields where the header has 2. -> A field that contains "\\t" must be enclosed in quotes.',
      '1 rows',
    ],
  ],
  [
    'a field too many and no quotes',
    'text,label\na,b,c\nd,e\n',
    { quote: '' },
    ['a.csv:2: has 3 fields where the header has 2. -> Is "," the delimiter of this file?', '1 rows'],
  ],
  [
    'a field too few below no header',
    'a,b\nc\n',
    { header: false },
    ['a.csv:2: has 1 field where the first record has 2. -> Is "," the delimiter of this file?', '1 rows'],
  ],
  [
    'a quote that is never closed',
    'text,label\n"good,pos\nbad,neg\nfine,pos\n',
    {},
    [
      'a.csv:2: has a quote that is not closed up to the end of the file. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '2 rows',
    ],
  ],
  [
    'a quote that a later one seems to close',
    'text,label\n"good,pos\nbad,"neg"\nfine,pos\n',
    {},
    [
      'a.csv:2: has a quoted field that goes on with "n" after its closing quote in line 3. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '2 rows',
    ],
  ],
  [
    'a quote that is never closed in the second line of a record',
    'a,b,c\n"x\ny","z,1\nd,e,f\n',
    {},
    [
      'a.csv:2: has a quote in line 3 that is not closed up to the end of the file. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      'a.csv:3: has a quote that is not closed up to the end of the file. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '1 rows',
    ],
  ],
  [
    'text behind a closing quote',
    'text,label\n"good" film,pos\nbad,neg\n',
    {},
    [
      'a.csv:2: has a quoted field that goes on with " " after its closing quote. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '1 rows',
    ],
  ],
  [
    'text behind a closing quote in a later line',
    'text,label\n"good\nold" film,pos\nbad,neg\n',
    {},
    [
      'a.csv:2: has a quoted field that goes on with " " after its closing quote in line 3. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '2 rows',
    ],
  ],
  [
    'a blank behind a closing quote',
    'text,label\n"good" ,pos\nbad,neg\n',
    {},
    [
      'a.csv:2: has a quoted field that goes on with " " after its closing quote. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '1 rows',
    ],
  ],
  [
    'a quote that is not doubled',
    'text,label\n"a "good" film",pos\nbad,neg\n',
    {},
    [
      'a.csv:2: has a quoted field that goes on with "g" after its closing quote. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '1 rows',
    ],
  ],
  [
    'a quote that is not closed within 4 Mi characters',
    `text,label\n"${long},pos\nbad,neg\n`,
    {},
    [
      'a.csv:2: has a quote that is not closed within 4194304 characters. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '1 rows',
    ],
  ],
  [
    'several quotes that are never closed',
    openQuotes,
    {},
    [
      'a.csv:2: has a quoted field that goes on with "a" after its closing quote in line 3. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      'a.csv:3: has a quoted field that goes on with "a" after its closing quote in line 4. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      'a.csv:4: has a quote that is not closed up to the end of the file. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      'error: a.csv has no row that can be read. The first problem: a.csv:2: has a quoted field that goes on with "a" after its closing quote in line 3.',
    ],
  ],
  [
    'another quote that is never closed',
    "text,label\n'good,pos\nbad,neg\n",
    { quote: "'" },
    [
      'a.csv:2: has a quote that is not closed up to the end of the file. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
      '1 rows',
    ],
  ],
  [
    'a header that has a quote too many',
    '"text,label\ngood,pos\n',
    {},
    [
      'error: a.csv:1: the header has a quote that is not closed up to the end of the file. -> A quote within a quoted field is written twice; a field with one quote only is not enclosed.',
    ],
  ],
  [
    'columns of one name',
    'text,label,text\na,b,c\n',
    {},
    [
      'error: a.csv:1: columns 1 and 3 are both called "text". -> Rename one of them. If the first line is no header, say so (header: false).',
    ],
  ],
  [
    'a column without a name',
    ',text,label\n1,a,b\n',
    {},
    ['a.csv:1: does not name column 1, which is called "1". -> Name each column.', '1 rows'],
  ],
  [
    'a column without a name beside one of the name it would get',
    '2,,label\n1,a,b\n',
    {},
    [
      'error: a.csv:1: columns 1 and 2 are both called "2". -> Rename one of them. If the first line is no header, say so (header: false).',
    ],
  ],
  [
    'a header alone',
    'text,label\n',
    {},
    ['error: a.csv holds a header and no rows. -> Is it the right file?'],
  ],
  [
    'a header alone without its line end',
    'text,label',
    {},
    ['error: a.csv holds a header and no rows. -> Is it the right file?'],
  ],
  [
    'blank lines alone',
    '\n\r\n\n',
    {},
    ['error: a.csv holds a header and no rows. -> Is it the right file?'],
  ],
  [
    'blank lines alone and no header',
    '\n\n',
    { header: false },
    ['error: a.csv holds no rows. -> Is it the right file?'],
  ],
  [
    'broken rows alone',
    'text,label\na,b,c\nd\n',
    {},
    [
      'a.csv:2: has 3 fields where the header has 2. -> A field that contains "," must be enclosed in quotes.',
      'a.csv:3: has 1 field where the header has 2. -> Is "," the delimiter of this file?',
      'error: a.csv has no row that can be read. The first problem: a.csv:2: has 3 fields where the header has 2.',
    ],
  ],
  ['nothing at all', '', {}, ['error: a.csv is empty. -> Is it the right file?']],
  [
    'NUL bytes in a row',
    `text,label\na\0b,pos\n${'fine,neg\n'.repeat(99)}`,
    {},
    ['a.csv:2: holds NUL bytes, read as U+FFFD. -> Is the file damaged, or no text?', '100 rows'],
  ],
  [
    'the first problem, when strict',
    'text,label\na,b,c\nd\n',
    { strict: true },
    [
      'error: a.csv:2: has 3 fields where the header has 2. -> A field that contains "," must be enclosed in quotes.',
    ],
  ],
  [
    'a delimiter of two characters',
    'a,b\nc,d\n',
    { delimiter: '::' },
    ['error: a.csv: the delimiter is "::", one character was expected. -> Use ",", ";", "|" or a tab.'],
  ],
  [
    'a delimiter of none',
    'a,b\nc,d\n',
    { delimiter: '' },
    ['error: a.csv: the delimiter is "", one character was expected. -> Use ",", ";", "|" or a tab.'],
  ],
  [
    'a quote of two characters',
    'a,b\nc,d\n',
    { quote: '""' },
    [
      'error: a.csv: the quote is "\\"\\"", one character other than the delimiter, or none, was expected. -> Use \'"\'.',
    ],
  ],
  [
    'a quote that is the delimiter',
    'a,b\nc,d\n',
    { quote: ',' },
    [
      'error: a.csv: the quote is ",", one character other than the delimiter, or none, was expected. -> Use \'"\'.',
    ],
  ],
  [
    'a format that is not known',
    'a,b\nc,d\n',
    { format: 'xls' as 'csv' },
    [
      'error: a.csv: the format "xls" is not known. -> Use one of: csv, tsv, jsonl, json, parquet, fasttext, txt, pairs, folders.',
    ],
  ],
  [
    'an encoding that is not known',
    'a,b\nc,d\n',
    { encoding: 'koi8-r' as 'latin1' },
    [
      'error: a.csv: the encoding "koi8-r" is not known. -> Use one of: utf-8, utf-16le, utf-16be, windows-1252; or save the file as UTF-8.',
    ],
  ],
  [
    'a format that is a folder',
    'a,b\nc,d\n',
    { format: 'folders' },
    ['error: a.csv is a file. -> The format "folders" is a folder with a folder for each class.'],
  ],
  [
    'a format of two files',
    'a,b\nc,d\n',
    { format: 'pairs' },
    [
      'error: a.csv is a file of texts without a file of labels. -> Name the file whose line n is the label of line n (labels).',
    ],
  ],
];

describe('reading damaged csv', () => {
  it.each(cases)('says where and what is wrong: %s', async (_, content, options, expected) => {
    const folder = await writeFiles({ 'a.csv': content });
    expect(await outcome(join(folder, 'a.csv'), options, folder)).toEqual(expected);
  });
});
