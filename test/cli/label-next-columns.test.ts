import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseColumns } from '../../src/commands/sheet-columns.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const configOf = (dataset: object) => fillConfig({ dataset, model: { type: 'bagOfWords' } }, 'test');

describe('chooseColumns', () => {
  it('takes what is named, then what the run was trained on, then what looks like texts', async () => {
    const path = join(folder, 'columns.csv');
    await writeFile(
      path,
      'id,subject,body,mood\n1,short one,a much longer text than that,\n2,two words,and yet another,\n',
    );
    const file = await openRowFile(path);
    const guessed = configOf({ name: 'sample' });
    expect(await chooseColumns(file, guessed, {})).toMatchObject({
      textColumns: ['body'],
      labelColumn: 'label',
    });
    const ofFiles = configOf({ name: 'files', train: 'a.csv', text: 'subject', label: 'mood' });
    expect(await chooseColumns(file, ofFiles, {})).toMatchObject({
      textColumns: ['subject'],
      labelColumn: 'mood',
    });
    expect(await chooseColumns(file, ofFiles, { textColumn: 'body', labelColumn: 'kind' })).toEqual({
      textColumns: ['body'],
      labelColumn: 'kind',
    });
    const joined = configOf({
      name: 'files',
      train: 'a.csv',
      columns: { a: 'subject', b: 'body' },
      label: 'mood',
    });
    expect((await chooseColumns(file, joined, {})).textColumns).toEqual(['subject', 'body']);
  });

  it('says so where no column looks like texts', async () => {
    const path = join(folder, 'numbers.csv');
    await writeFile(path, 'id,size\n1,2\n3,4\n');
    await expect(chooseColumns(await openRowFile(path), configOf({ name: 'sample' }), {})).rejects.toThrow(
      'has no column that looks like texts.',
    );
  });
});

describe('what label-next has written', () => {
  it('is trained on once its labels are filled in', async () => {
    const flags = ['--models-dir', join(folder, 'models'), '--data-dir', join(folder, 'data'), '--quiet'];
    const small = ['--set', 'training.epochs=1', '--set', 'text.vocabularySize=50'];
    const rows = Array.from(
      { length: 60 },
      (_, i) => `text ${i} is ${i % 2 ? 'good' : 'bad'},${i % 2 ? 'yes' : 'no'}`,
    );
    const labelled = join(folder, 'labelled.csv');
    await writeFile(labelled, `review,mood\n${rows.join('\n')}\n`);
    const columns = ['--text-column', 'review', '--label-column', 'mood'];
    const train = (data: string, name: string) =>
      runCli([
        'train',
        '--config',
        'bag-of-words',
        '--data',
        data,
        ...columns,
        '--name',
        name,
        ...small,
        ...flags,
      ]);
    expect((await train(labelled, 'first')).stderr).toBe('');
    const unlabelled = join(folder, 'unlabelled.csv');
    await writeFile(
      unlabelled,
      `number,review\n${rows.map((row, i) => `${i},new ${row.split(',')[0]}`).join('\n')}\n`,
    );
    const output = join(folder, 'next.jsonl');
    const next = ['label-next', '--run', 'first', '--data', unlabelled, '--count', '40', '--output', output];
    expect((await runCli([...next, ...flags.slice(0, 2), '--quiet'])).stderr).toBe('');
    const file = await openRowFile(output);
    expect(file.columns).toEqual(['number', 'review', 'mood', 'rank', 'predicted', 'probability']);
    const filled: string[] = [];
    for await (const portion of file.portions()) {
      for (const { values } of portion) {
        const mood = (values.review as string).includes('good') ? 'yes' : 'no';
        filled.push(JSON.stringify({ ...values, mood }));
      }
    }
    expect(filled.length).toBe(40);
    const again = join(folder, 'filled.jsonl');
    await writeFile(again, `${filled.join('\n')}\n`);
    const { code, stderr, stdout } = await train(again, 'second');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('second');
  });
});
