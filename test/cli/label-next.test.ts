import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { temporaryFolder, tinyRun, useCpu } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let folder: string;
let flags: string[];

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  await tinyRun(join(folder, 'models'));
  const lines = [
    'id,text,label',
    '1,good film,',
    '2,"bad, boring",',
    '3,good film,',
    '4,a great film,positive',
    '5,not,',
  ];
  await writeFile(join(folder, 'texts.csv'), `${lines.join('\n')}\n`);
  flags = ['label-next', '--models-dir', join(folder, 'models'), '--data', join(folder, 'texts.csv')];
});
afterAll(() => rm(folder, { recursive: true }));

describe('imdb-rnn label-next', () => {
  it('prints CSV: all columns, an empty label, the rank and what the model says', async () => {
    const { code, stdout, stderr } = await runCli(flags);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^run tiny, texts in "text" \(by its name\), backend wasm/);
    expect(stderr).toContain('5 rows, passed over: 1 with a label');
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('id,text,label,rank,predicted,probability');
    expect(
      lines
        .slice(1)
        .map((line) => line[0])
        .sort(),
    ).toEqual(['1', '2', '5']);
    for (const [index, line] of lines.slice(1).entries()) {
      expect(line).toMatch(new RegExp(`,,${index + 1},(negative|positive),0\\.\\d+$`));
    }
  });

  it('writes a file that is read back with its texts as they were', async () => {
    for (const ending of ['csv', 'tsv', 'jsonl']) {
      const output = join(folder, `next.${ending}`);
      const { code, stdout } = await runCli([
        ...flags,
        '--strategy',
        'coreSet',
        '--count',
        '2',
        '--output',
        output,
      ]);
      expect([code, stdout.split('\n')[0]]).toEqual([
        0,
        `${output}: 2 texts to label, the most valuable first`,
      ]);
      expect(stdout).toContain(
        `imdb-rnn train --config NAME --data ${output} --text-column text --label-column label`,
      );
      const file = await openRowFile(output);
      expect(file.columns).toEqual(['id', 'text', 'label', 'rank', 'predicted', 'probability']);
      for await (const rows of file.portions()) {
        expect(rows.map(({ values }) => [Number(values.rank), values.label])).toEqual([
          [1, ''],
          [2, ''],
        ]);
        for (const { values } of rows) expect(['good film', 'bad, boring', 'not']).toContain(values.text);
      }
    }
  });

  it('reads texts without columns, and prints JSON lines', async () => {
    await writeFile(join(folder, 'texts.txt'), 'good\n\nbad film\n');
    const data = ['--data', join(folder, 'texts.txt'), '--strategy', 'mixed'];
    const { stdout, stderr } = await runCli([...flags.slice(0, 3), ...data, '--json', '--quiet']);
    expect(stderr).toBe('');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ text }) => text).sort()).toEqual(['bad film', 'good']);
    expect(rows[0]).toMatchObject({ label: '', rank: 1, probability: expect.any(Number) });
  });

  it('says which columns there are where the texts are not found: exit code 1', async () => {
    const { code, stderr } = await runCli([...flags, '--text-column', 'tex']);
    expect(code).toBe(1);
    expect(stderr).toContain('has no column "tex". Its columns: "id", "text", "label".');
    expect(stderr).toContain('hint: Did you mean "text"? Name it with --text-column.');
    const same = await runCli([...flags, '--text-column', 'text', '--label-column', 'text']);
    expect([same.code, same.stderr]).toEqual([1, expect.stringContaining('cannot have both')]);
  });

  it('writes nothing where every text has a label: exit code 1', async () => {
    const labelled = join(folder, 'labelled.csv');
    await writeFile(labelled, 'text,label\na great film,positive\n');
    const output = join(folder, 'none.csv');
    const { code, stderr } = await runCli([...flags, '--data', labelled, '--output', output]);
    expect(code).toBe(1);
    expect(stderr).toContain(`error: ${labelled} has no text to label.\nhint: `);
    expect(existsSync(output)).toBe(false);
  });

  it('leaves what a file held when the data cannot be read, and refuses wrong usage', async () => {
    const output = join(folder, 'kept.csv');
    await writeFile(output, 'kept');
    const missing = await runCli([
      ...flags.slice(0, 3),
      '--data',
      join(folder, 'none.csv'),
      '--output',
      output,
    ]);
    expect([missing.code, await readFile(output, 'utf8')]).toEqual([1, 'kept']);
    for (const wrong of [
      ['--count', '0'],
      ['--strategy', 'best'],
      ['--seed', '-1'],
    ]) {
      expect((await runCli([...flags, ...wrong])).code).toBe(2);
    }
  });
});
