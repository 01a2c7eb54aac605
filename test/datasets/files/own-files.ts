import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { type FilesSettings, settings as schema } from '../../../src/datasets/files/settings.js';
import { packageFile } from '../../../src/files/package-root.js';
import { writeRows } from '../../../src/rows/write-rows.js';

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** Settings of the data set with their defaults. */
export const filesSettings = (given: object): FilesSettings => schema.parse({ name: 'files', ...given });

/** Writes a file, and the folders that it needs. */
export async function put(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/**
 * Reviews of the sample that every format can hold: without line ends, blanks at the ends, and letters that windows-1252
 * lacks; the negative ones first, as folders have them.
 */
export async function sampleReviews(ofEach: number): Promise<LabelledText[]> {
  const lines = (await readFile(packageFile('data', 'sample', 'train.jsonl'), 'utf8')).trim().split('\n');
  const reviews = lines.map((line) => JSON.parse(line) as { text: string; label: number });
  const writable = reviews.map(({ text, label }) => {
    const plain = text.replace(/[^\u0020-\u007e\u00a0-\u00ff]/g, ' ').trim();
    return { text: `${plain} \u20ac5`, label: label === 0 ? 'negative' : 'positive' };
  });
  return ['negative', 'positive'].flatMap((name) =>
    writable.filter(({ label }) => label === name).slice(0, ofEach),
  );
}

async function tableOf(
  examples: readonly LabelledText[],
  layout: { format: 'csv' | 'tsv' | 'jsonl'; delimiter?: string },
): Promise<string> {
  const rows = examples.map(({ text, label }, id) => ({ id, text, label }));
  let written = '';
  for await (const part of writeRows([rows], { columns: ['id', 'text', 'label'], ...layout }))
    written += part;
  return written;
}

const windows1252 = (text: string) => Buffer.from(text.replaceAll('\u20ac', '\u0080'), 'latin1');
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

/** Writes the same examples in every format below a folder. @returns by a title, the settings that read them */
export async function writeInAllFormats(
  folder: string,
  examples: readonly LabelledText[],
): Promise<ReadonlyMap<string, object>> {
  const at = (name: string, content: string | Uint8Array) => put(join(folder, name), content);
  const csv = await tableOf(examples, { format: 'csv' });
  const jsonl = await tableOf(examples, { format: 'jsonl' });
  const texts = examples.map(({ text }) => text);
  const labels = examples.map(({ label }) => label);
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: 'text', data: texts, type: 'STRING' },
      { name: 'label', data: labels, type: 'STRING' },
    ],
  });
  for (const [id, { text, label }] of examples.entries()) {
    await at(`folders/train/${label}/${String(id).padStart(5, '0')}.txt`, text);
  }
  await at('pairs/texts.txt', `${texts.join('\n')}\n`);
  await at('pairs/labels.txt', `${labels.join('\n')}\n`);
  const half = Math.floor(examples.length / 2);
  await at('parts/1.csv', await tableOf(examples.slice(0, half), { format: 'csv' }));
  await at('parts/2.csv', await tableOf(examples.slice(half), { format: 'csv' }));
  return new Map<string, object>([
    ['CSV', { train: await at('a.csv', csv) }],
    [
      'CSV with semicolons',
      { train: await at('s.csv', await tableOf(examples, { format: 'csv', delimiter: ';' })) },
    ],
    ['TSV', { train: await at('a.tsv', await tableOf(examples, { format: 'tsv' })) }],
    ['JSONL', { train: await at('a.jsonl', jsonl) }],
    ['JSON', { train: await at('a.json', `[${jsonl.trim().split('\n').join(',')}]`) }],
    ['Parquet', { train: await at('a.parquet', new Uint8Array(parquet)) }],
    ['a folder for each label', { train: join(folder, 'folders/train') }],
    ['a folder with train/ below it', { path: join(folder, 'folders') }],
    ['pairs of files', { train: join(folder, 'pairs') }],
    [
      'the format of fastText',
      { train: await at('a.ft', examples.map(({ text, label }) => `__label__${label} ${text}\n`).join('')) },
    ],
    ['gzip', { train: await at('a.csv.gz', gzipSync(csv)) }],
    ['UTF-16', { train: await at('u.csv', utf16(csv)) }],
    ['windows-1252', { train: await at('w.csv', windows1252(csv)), encoding: 'windows-1252' }],
    ['several files', { train: join(folder, 'parts/*.csv') }],
  ]);
}
