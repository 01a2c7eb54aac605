import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RowFileOptions } from '../../src/rows/row.js';
import { outcome, writeFiles } from './read-all.js';

type Case = [title: string, name: string, content: string, outcome: string[], options?: RowFileOptions];

const cases: Case[] = [
  [
    'a line that is cut off',
    'a.jsonl',
    '{"text":"a"}\n{"text":"b',
    [
      'a.jsonl:2: is not JSON: Unterminated string in JSON at position 10. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'a line that is no JSON',
    'a.jsonl',
    '{"text":"a"}\ntext\n',
    [
      'a.jsonl:2: is not JSON: Unexpected token \'e\', "text" is not valid JSON. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'a line that is an array',
    'a.jsonl',
    '{"text":"a"}\n["b"]\n',
    [
      'a.jsonl:2: is an array, where a JSON object was expected. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'a line that is a text',
    'a.jsonl',
    '{"text":"a"}\n"b"\n',
    [
      'a.jsonl:2: is a string, where a JSON object was expected. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'a line that is a number',
    'a.jsonl',
    '{"text":"a"}\n12\n',
    [
      'a.jsonl:2: is a number, where a JSON object was expected. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'a line that is null',
    'a.jsonl',
    '{"text":"a"}\n\nnull\n',
    ['a.jsonl:3: is null, where a JSON object was expected. -> Each line holds one JSON object.', '1 rows'],
  ],
  [
    'a comma at the end of lines',
    'a.jsonl',
    '{"text":"a"},\n{"text":"b"}\n',
    [
      'a.jsonl:1: is not JSON: Unexpected non-whitespace character after JSON at position 12. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'two records on a line',
    'a.jsonl',
    '{"text":"a"}{"text":"b"}\n{"text":"c"}\n',
    [
      'a.jsonl:1: is not JSON: Unexpected non-whitespace character after JSON at position 12. -> Each line holds one JSON object.',
      '1 rows',
    ],
  ],
  [
    'single quotes',
    'a.jsonl',
    '{\'text\':\'a\'}\n{"text":"b"}\n',
    [
      "a.jsonl:1: is not JSON: Expected property name or '}' in JSON at position 1. -> Each line holds one JSON object.",
      '1 rows',
    ],
  ],
  [
    'one object on several lines',
    'a.jsonl',
    '{\n"text":"a"\n}\n',
    [
      "a.jsonl:1: is not JSON: Expected property name or '}' in JSON at position 1. -> Each line holds one JSON object.",
      'a.jsonl:2: is not JSON: Unexpected non-whitespace character after JSON at position 6. -> Each line holds one JSON object.',
      'a.jsonl:3: is not JSON: Unexpected token \'}\', "}" is not valid JSON. -> Each line holds one JSON object.',
      "error: a.jsonl has no row that can be read. The first problem: a.jsonl:1: is not JSON: Expected property name or '}' in JSON at position 1.",
    ],
  ],
  [
    'blank lines alone',
    'a.jsonl',
    '\n\n',
    ['error: a.jsonl holds blank lines only. -> Is it the right file?'],
  ],
  [
    'CSV under another name',
    'a.jsonl',
    'text,label\na,b\n',
    [
      'a.jsonl:1: is not JSON: Unexpected token \'e\', "text,label" is not valid JSON. -> Each line holds one JSON object.',
      'a.jsonl:2: is not JSON: Unexpected token \'a\', "a,b" is not valid JSON. -> Each line holds one JSON object.',
      'error: a.jsonl has no row that can be read. The first problem: a.jsonl:1: is not JSON: Unexpected token \'e\', "text,label" is not valid JSON.',
    ],
  ],
  [
    'an array that is cut off within a record',
    'a.json',
    '[{"text":"a"},{"text":"b',
    [
      'error: a.json is cut off: its JSON array is not closed after record 1. -> Copy or download the file again, or close the array with "]".',
    ],
  ],
  [
    'an array that is cut off behind a record',
    'a.json',
    '[{"text":"a"},{"text":"b"}',
    [
      'error: a.json is cut off: its JSON array is not closed after record 1. -> Copy or download the file again, or close the array with "]".',
    ],
  ],
  [
    'an array that is cut off behind a comma',
    'a.json',
    '[{"text":"a"},',
    [
      'error: a.json is cut off: its JSON array is not closed after record 1. -> Copy or download the file again, or close the array with "]".',
    ],
  ],
  [
    'a comma too many',
    'a.json',
    '[{"text":"a"},,{"text":"b"},]',
    ['a.json:2: is empty: a comma too many.', 'a.json:4: is empty: a comma too many.', '2 rows'],
  ],
  [
    'a comma missing',
    'a.json',
    '[{"text":"a"} {"text":"b"}, {"text":"c"}]',
    ['a.json:1: is not JSON: Unexpected non-whitespace character after JSON at position 13.', '1 rows'],
  ],
  [
    'brackets that do not match',
    'a.json',
    '[{"text":"a"],{"text":"b"}]',
    ["a.json:1: is not JSON: Expected ',' or '}' after property value in JSON at position 11.", '1 rows'],
  ],
  [
    'records that are numbers',
    'a.json',
    '[1,{"text":"b"},[2],null]',
    [
      'a.json:1: is a number, where an object or a string was expected.',
      'a.json:3: is an array, where an object or a string was expected.',
      'a.json:4: is null, where an object or a string was expected.',
      '1 rows',
    ],
  ],
  [
    'text behind the array',
    'a.json',
    '[{"text":"a"}]\n[{"text":"b"}]',
    [
      'error: a.json goes on with "[" after the end of its JSON array. -> A .json file holds one array; save records one to a line as .jsonl.',
    ],
  ],
  ['an empty array', 'a.json', '[ ]\n', ['error: a.json holds an empty array. -> Is it the right file?']],
  [
    'a text where an array was expected',
    'a.json',
    '"text"',
    [
      'error: a.json begins with "\\"", where the "[" of a JSON array was expected. -> Save the records as one array, or one to a line as .jsonl.',
    ],
  ],
  ['white space alone', 'a.json', ' \n ', ['error: a.json holds white space only. -> Is it the right file?']],
  [
    'a line without a label',
    'a.ft',
    '__label__pos good\nbad\n',
    ['a.ft:2: has no label. -> A line is "__label__name text". Lines without labels are "txt".', '1 rows'],
  ],
  [
    'a label without a name',
    'a.ft',
    '__label__ good\n__label__pos fine\n',
    [
      'a.ft:1: has a label without a name. -> A line is "__label__name text". Lines without labels are "txt".',
      '1 rows',
    ],
  ],
  [
    'a format that nothing tells',
    'a.data',
    'one text\nanother\n',
    [
      'error: a.data: neither its name nor its first lines tell its format. -> Say which it is: csv, tsv, jsonl, json, parquet, fasttext, txt, pairs, folders. A file with one text on each line is "txt".',
    ],
  ],
  [
    'no Parquet in spite of the name',
    'a.parquet',
    'text,label\na,b\n',
    [
      'error: a.parquet is no Parquet file: it does not begin with PAR1. -> Say which format it is, or copy the file again.',
    ],
  ],
  [
    'Parquet that is said to be CSV',
    'a.csv',
    'PAR1',
    ['error: a.csv is a Parquet file, the given format is "csv". -> Leave the format out.'],
    { format: 'csv' },
  ],
  [
    'Parquet without an end',
    'a.parquet',
    'PAR1',
    [
      'error: a.parquet is cut off: a Parquet file ends with PAR1. -> Copy or download the file again, or write it again.',
    ],
  ],
  [
    'Parquet that is cut off',
    'a.parquet',
    `PAR1${'x'.repeat(40)}`,
    [
      'error: a.parquet is cut off: a Parquet file ends with PAR1. -> Copy or download the file again, or write it again.',
    ],
  ],
];

describe('reading damaged lines and arrays', () => {
  it.each(cases)('says where and what is wrong: %s', async (_, name, content, expected, options = {}) => {
    const folder = await writeFiles({ [name]: content });
    expect(await outcome(join(folder, name), options, folder)).toEqual(expected);
  });
});
