import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
const file = (name: string) => join(folder, name);
const places = ['shop', 'web'];

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

/** Trains on a file of the folder, and gives what `predict --file` says of another. */
async function answersOf(asked: string, { config, name }: { config: string; name: string }) {
  await writeFile(file(`${name}.yaml`), config);
  const models = ['--models-dir', file('models')];
  const trained = await runCli(
    ['train', '--config', file(`${name}.yaml`), '--data-dir', file('data'), '--name', name, ...models],
    { cwd: folder },
  );
  expect([trained.code, trained.code === 0 ? '' : trained.stderr]).toEqual([0, '']);
  const output = file(`${name}-out.csv`);
  const result = await runCli(['predict', '--run', name, ...models, '--file', asked, '--output', output]);
  const rows: Record<string, unknown>[] = [];
  if (result.code === 0) {
    for await (const portion of (await openRowFile(output)).portions()) {
      rows.push(...portion.map(({ values }) => values));
    }
  }
  return { ...result, rows };
}

describe("predict --file with a run of one's own files", () => {
  it('reads the columns that the run was trained on, joined', async () => {
    const lines = Array.from(
      { length: 80 },
      (_, row) =>
        `a rather long text number ${row} of this kind,${row % 2 ? 'good' : 'bad'} one,${row % 2 ? 'yes' : 'no'}`,
    );
    await writeFile(file('two.csv'), `body,title,answer\n${lines.join('\n')}\n`);
    const config = `dataset: { name: files, train: two.csv, columns: { title: title, body: body }, label: answer, split: { test: 0 } }
text: { vocabularySize: 100, oovBuckets: 10, maxLength: 100 }
model: { type: bagOfWords }
training: { epochs: 20 }
`;
    const { stderr, rows } = await answersOf(file('two.csv'), { config, name: 'joined' });
    expect(stderr).toContain(`two.csv: csv, texts in columns "title" and "body" (as in the run's files)\n`);
    expect(rows.map(({ label }) => label)).toEqual(rows.map(({ answer }) => answer));
    await writeFile(file('one.csv'), 'text,answer\na good one,\n');
    const models = ['--models-dir', file('models')];
    expect(await runCli(['predict', '--run', 'joined', ...models, '--file', file('one.csv')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `one.csv has no column "title". Its columns: "text", "answer".\nhint: Name the column of the texts with --text-column.\n`,
      ),
    });
  });

  it('reads the features that the run was trained on, and notes rows that lack one', async () => {
    const lines = Array.from({ length: 200 }, (_, row) => {
      const place = places[Math.floor(row / 2) % 2];
      const price = row % 2 ? 3 : -3;
      return `the same text here,${price},${place},${price > 0 && place === 'web' ? 'yes' : 'no'}`;
    });
    await writeFile(file('beside.csv'), `text,price,place,answer\n${lines.join('\n')}\n`);
    const config = `dataset:
  name: files
  train: beside.csv
  label: answer
  split: { test: 0 }
  features: { numeric: [price], categorical: [place] }
text: { vocabularySize: 20, oovBuckets: 1, maxLength: 50 }
model: { embedding: { units: 2 }, layers: [{ cell: gru, units: 2 }] }
training: { epochs: 30, optimizer: { name: adam, learningRate: 0.05 } }
`;
    const asked = file('ask.csv');
    await writeFile(
      asked,
      'place,text,price\nweb,the same text here,3\nshop,the same text here,3\nweb,the same text here,-3\nweb,the same text here,\n',
    );
    const { code, stderr, rows } = await answersOf(asked, { config, name: 'beside' });
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    expect(rows.map(({ label }) => label)).toEqual(['yes', 'no', 'no', '']);
    expect(rows.map(({ note }) => note)).toEqual([
      ...['', '', ''],
      'line 5: has nothing in column "price", where a number is expected.',
    ]);
    expect(stderr).toContain('4 rows, 3 answered, 1 broken');
    const next = await runCli(
      ['label-next', '--run', 'beside', '--models-dir', file('models')].concat('--data', asked),
    );
    expect([next.code, next.stdout]).toEqual([1, '']);
    expect(next.stderr).toContain(
      'error: The run beside was trained with 3 features (price, place=shop, place=web) beside each text,',
    );
  });
});
