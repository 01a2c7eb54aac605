import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { readAll, valuesOf, writeFiles } from './read-all.js';

const two = [
  { text: 'good, really', label: 'pos' },
  { text: 'bad', label: 'neg' },
];

describe('formats', () => {
  it.each([
    ['a.csv', 'text,label\n"good, really",pos\nbad,neg\n'],
    ['a.csv', 'text;label\r\ngood, really;pos\r\nbad;neg'],
    ['a.csv', 'text|label\ngood, really|pos\n\nbad|neg\n\n'],
    ['a.csv', '"text"\t"label"\n"good, really"\t"pos"\n"bad"\t"neg"\n'],
    ['a.csv', 'text;label\rgood, really;pos\rbad;neg\r'],
    ['a.tsv', 'text\tlabel\ngood, really\tpos\nbad\tneg\n'],
    ['a.TAB', 'text\tlabel\ngood, really\tpos\nbad\tneg\n'],
    ['data', 'text\tlabel\ngood, really\tpos\nbad\tneg\n'],
    ['a.jsonl', '{"text":"good, really","label":"pos"}\n\n{"text":"bad","label":"neg"}'],
    ['a.ndjson', '{"text":"good, really","label":"pos"}\r\n{"text":"bad","label":"neg"}\r\n'],
    ['a.json', '{"text":"good, really","label":"pos"}\n{"text":"bad","label":"neg"}\n'],
    ['data', '{"text":"good, really","label":"pos"}\n{"text":"bad","label":"neg"}\n'],
    ['a.json', '[{"text":"good, really","label":"pos"},{"text":"bad","label":"neg"}]'],
    ['data', ' [\n  {"text": "good, really", "label": "pos"},\n  {"text": "bad", "label": "neg"}\n]\n'],
  ])('finds out the format of %s: %j', async (name, content) => {
    expect(await valuesOf(name, content)).toEqual(two);
  });

  it('reads fastText lines: labels in any place, the rest is the text', async () => {
    const lines =
      '__label__pos __label__film good  film\n\nbad one __label__neg\n__label__x a __label__y b\n';
    const values = [
      { label: ['pos', 'film'], text: 'good  film' },
      { label: ['neg'], text: 'bad one' },
      { label: ['x', 'y'], text: 'a b' },
    ];
    expect(await valuesOf('a.ft', lines)).toEqual(values);
    expect(await valuesOf('a.txt', lines)).toEqual(values);
  });

  it('reads each line of a text file, blank ones too, as a text', async () => {
    expect(await valuesOf('a.txt', 'one, two\n\n "three" \r\n{4}')).toEqual(
      ['one, two', '', ' "three" ', '{4}'].map((text) => ({ text })),
    );
  });

  it('reads an array of strings as texts', async () => {
    expect(await valuesOf('a.json', '["a", "b\\n\\"]"]')).toEqual([{ text: 'a' }, { text: 'b\n"]' }]);
  });

  it('keeps numbers, booleans, null, arrays and objects of JSON', async () => {
    const values = [{ a: 1.5, b: true, c: null, d: [1, 'x'], e: { f: '}' } }];
    expect(await valuesOf('a.jsonl', `${JSON.stringify(values[0])}\n`)).toEqual(values);
    expect(await valuesOf('a.json', JSON.stringify(values))).toEqual(values);
  });

  it('reads texts and labels out of two files, and out of a folder that holds them', async () => {
    const folder = await writeFiles({ 'texts.txt': 'good\n\nbad', 'labels.txt': 'pos\nnone\nneg\n' });
    const rows = [
      { file: join(folder, 'texts.txt'), line: 1, values: { text: 'good', label: 'pos' } },
      { file: join(folder, 'texts.txt'), line: 2, values: { text: '', label: 'none' } },
      { file: join(folder, 'texts.txt'), line: 3, values: { text: 'bad', label: 'neg' } },
    ];
    expect(await readAll(folder)).toEqual(rows);
    expect(await readAll(join(folder, 'texts.txt'), { labels: join(folder, 'labels.txt') })).toEqual(rows);
  });

  it('reads a folder for each class, by name, each file a text with all of its lines', async () => {
    const folder = await writeFiles({
      'pos/2.txt': 'b\nc\n',
      'pos/10.txt': '\ufeffa',
      'neg/1.txt': 'd',
      '.git/x.txt': 'hidden',
      'README.txt': 'beside',
    });
    expect(await readAll(folder)).toEqual([
      { file: join(folder, 'neg', '1.txt'), line: 1, values: { label: 'neg', text: 'd' } },
      { file: join(folder, 'pos', '10.txt'), line: 1, values: { label: 'pos', text: 'a' } },
      { file: join(folder, 'pos', '2.txt'), line: 1, values: { label: 'pos', text: 'b\nc\n' } },
    ]);
    expect((await openRowFile(folder)).columns).toEqual(['label', 'text']);
  });

  it('says on which line a record begins, whatever its fields hold', async () => {
    const folder = await writeFiles({ 'a.csv': 'a,b\r\n"x\r\ny",1\r\n\r\n"z""\n\n",2\r\nlast,3\r\n' });
    const rows = await readAll(join(folder, 'a.csv'));
    expect(rows.map(({ line, values }) => [line, values.a])).toEqual([
      [2, 'x\r\ny'],
      [5, 'z"\n\n'],
      [8, 'last'],
    ]);
  });

  it('numbers the columns where there is no header', async () => {
    expect(await valuesOf('a.csv', 'good,pos\nbad,neg\n', { header: false })).toEqual([
      { 1: 'good', 2: 'pos' },
      { 1: 'bad', 2: 'neg' },
    ]);
  });

  it('takes quotes for letters within a field, and everywhere when told so', async () => {
    expect(await valuesOf('a.csv', 'a,b\n5" disk,"x"\n')).toEqual([{ a: '5" disk', b: 'x' }]);
    expect(await valuesOf('a.tsv', 'a\tb\n"Hi" he said\t"x\n', { quote: '' })).toEqual([
      { a: '"Hi" he said', b: '"x' },
    ]);
    expect(await valuesOf('a.csv', "a,b\n'x, ''y''',\"\n", { quote: "'" })).toEqual([
      { a: "x, 'y'", b: '"' },
    ]);
  });

  it('is not misled by delimiters within quotes or texts', async () => {
    const open = async (content: string) => {
      const folder = await writeFiles({ 'a.csv': content });
      const { delimiter, columns } = await openRowFile(join(folder, 'a.csv'));
      return [delimiter, columns];
    };
    expect(await open('id;text\n1;well, well, well\n2;no\n3;a, b\n')).toEqual([';', ['id', 'text']]);
    expect(await open('text,label\n"a;b;c",1\n"d;e;f",0\n')).toEqual([',', ['text', 'label']]);
    expect(await open('text\nwell, well\nno\n')).toEqual([',', ['text']]);
    expect(await open('a|b;c,d\n1|2;3,4\n')).toEqual([',', ['a|b;c', 'd']]);
  });

  it('tells the columns of JSON by the first records, in their order', async () => {
    const folder = await writeFiles({ 'a.jsonl': '{"b":1}\n{"a":2,"b":3}\n' });
    const { columns, format, compression, encoding } = await openRowFile(join(folder, 'a.jsonl'));
    expect({ columns, format, compression, encoding }).toEqual({
      columns: ['b', 'a'],
      format: 'jsonl',
      compression: 'none',
      encoding: 'utf-8',
    });
  });

  it('keeps columns whose names objects know otherwise', async () => {
    const [values] = await valuesOf('a.csv', '__proto__,constructor\nx,y\n');
    expect(Object.entries(values)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('reads a file as often as it is asked to', async () => {
    const folder = await writeFiles({ 'a.csv': 'text\na\nb\n' });
    const file = await openRowFile(join(folder, 'a.csv'));
    for (let time = 0; time < 2; time++) {
      let rows = 0;
      for await (const portion of file.portions()) rows += portion.length;
      expect(rows).toBe(2);
    }
  });
});
