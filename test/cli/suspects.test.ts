import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import type { Row } from '../../src/rows/row.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
let flags: string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  const dataAndModels = ['--data-dir', join(folder, 'data'), '--models-dir', join(folder, 'models')];
  const settings = ['--set', 'dataset={"name":"sample"}', '--set', 'training.epochs=3'];
  const training = ['train', '--config', 'bag-of-words', '--name', 'bag', '--quiet', ...settings];
  const { code, stderr } = await runCli([...training, ...dataAndModels]);
  expect([code, stderr]).toEqual([0, '']);
  flags = dataAndModels;
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const portion of (await openRowFile(path)).portions()) rows.push(...portion);
  return rows;
}

describe('imdb-rnn suspects', () => {
  it('prints the noise of each label and the most suspicious examples', async () => {
    const { code, stdout, stderr } = await runCli(['suspects', '--folds', '2', ...flags]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^run bag, 2 folds in 2 rounds, backend wasm \(.*\)\n/);
    expect(stderr).toContain("all folds have the run's vocabulary");
    expect(stdout).toMatch(/^given label +examples +threshold +likely wrong$/m);
    expect(stdout).toMatch(/^positive( +[\d.,]+( %)?){4}$/m);
    expect(stdout).toMatch(/^given +truly negative +truly positive$/m);
    expect(stdout).toMatch(
      /^About [\d,]+ labels of 2,000 \(\d+\.\d %\) are likely wrong; [\d,]+ of them can be named\.$/m,
    );
    expect(stdout).toMatch(
      /^ +1 +[\d,]+ +(positive|negative) +\d+\.\d % +(positive|negative) +\d+\.\d % +\S/m,
    );
    expect(stdout.split('\n').every((line) => line.length < 140)).toBe(true);
  });

  it('takes the folds from the run the second time, and writes them as CSV and JSONL', async () => {
    for (const ending of ['csv', 'jsonl']) {
      const output = join(folder, `suspects.${ending}`);
      const { code, stdout, stderr } = await runCli([
        'suspects',
        '--folds',
        '2',
        '--output',
        output,
        ...flags,
      ]);
      expect(code).toBe(0);
      expect(stderr).toContain("8 folds of 8 taken from the run's folder");
      const named = Number(/; ([\d,]+) of them can be named/.exec(stdout)![1].replace(',', ''));
      const rows = await rowsOf(output);
      expect(rows.length).toBe(named);
      expect(Object.keys(rows[0].values)).toEqual([
        ...['rank', 'example', 'given', 'suggested'],
        ...['givenProbability', 'suggestedProbability', 'text'],
      ]);
      expect(rows.map(({ values }) => Number(values.rank))).toEqual(rows.map((_, index) => index + 1));
      const lines = (await readFile('data/sample/train.jsonl', 'utf8')).split('\n');
      for (const { values } of rows.slice(0, 5)) {
        const { text, label } = JSON.parse(lines[Number(values.example) - 1]);
        expect([values.text, values.given]).toEqual([text, ['negative', 'positive'][label]]);
      }
    }
  });

  it('prints JSON, at most as many as asked for', async () => {
    const { stdout, stderr } = await runCli([
      'suspects',
      '--folds',
      '2',
      '--count',
      '3',
      '--json',
      '--quiet',
      ...flags,
    ]);
    expect(stderr).toBe('');
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ run: 'bag', examples: 2000, folds: 2, rounds: 2, named: 3 });
    expect(result.judges).toEqual(['run', 'words']);
    expect(result.leftOut).toEqual([0, expect.any(Number)]);
    expect(result.suspects.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3]);
    expect(result.noise[0].names).toEqual(['negative', 'positive']);
  });

  it('refuses a file of an unknown format before any work, and one fold', async () => {
    const wrong = await runCli(['suspects', '--output', 'suspects.xlsx', ...flags]);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('hint: Let it end in .csv, .tsv or .jsonl.'),
    ]);
    const one = await runCli(['suspects', '--folds', '1', '--quiet', ...flags]);
    expect([one.code, one.stderr]).toEqual([1, expect.stringContaining('Expected at least 2 folds')]);
  });
});
