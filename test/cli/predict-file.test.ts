import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { temporaryFolder, tinyRun, useCpu } from '../runs/tiny-run.js';
import { collect, runCli, startCli } from './run-cli.js';

let folder: string;
let flags: string[];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  await tinyRun(file('models'));
  flags = ['predict', '--models-dir', file('models'), '--quiet'];
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(path: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const portion of (await openRowFile(path)).portions()) {
    rows.push(...portion.map(({ values }) => values));
  }
  return rows;
}

describe('imdb-rnn predict --file', () => {
  it.each(['csv', 'tsv', 'jsonl'])(
    'keeps columns, rows and their order in %s, and adds the answers',
    async (ending) => {
      const texts = Array.from(
        { length: 40 },
        (_, row) => `${'good bad film '.repeat(row % 5)}a "the", ${row}`,
      );
      const given = texts.map((text, row) => ({ id: String(row), text, stars: String(row % 3) }));
      const csv = given.map(({ id, text, stars }) => `${id},"${text.replaceAll('"', '""')}",${stars}\n`);
      await writeFile(file('in.csv'), `id,text,stars\n${csv.join('')}`);
      const output = file(`out.${ending}`);
      const { code, stderr } = await runCli([...flags, '--file', file('in.csv'), '--output', output]);
      expect([code, stderr]).toEqual([0, '']);
      const rows = await rowsOf(output);
      expect(rows.map(({ id, text, stars }) => ({ id, text, stars }))).toEqual(given);
      const answers = ['label', 'probability', 'probability:negative', 'probability:positive'];
      expect(Object.keys(rows[0])).toEqual(['id', 'text', 'stars', ...answers]);
      const lines = await runCli([...flags, '--json', ...texts]);
      const alone = lines.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(rows.map(({ label }) => label)).toEqual(alone.map(({ label }) => label));
      expect(rows.map((row) => Number(row['probability:positive']))).toEqual(
        alone.map(({ probabilities }) => probabilities.positive),
      );
    },
  );

  it('keeps the place of a broken row and of an empty text, with a note, and says the line', async () => {
    await writeFile(file('broken.csv'), 'id,text\n1,good film\n2\n3,\n4,"bad\nfilm"\n5,10/10\n');
    const output = file('noted.csv');
    const all = flags.filter((flag) => flag !== '--quiet');
    const { code, stderr } = await runCli([...all, '--file', file('broken.csv'), '--output', output]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `warning: ${file('broken.csv')}:3: has 1 field where the header has 2. Is "," the delimiter of this file?\n`,
    );
    expect(stderr).toContain('5 rows, 3 answered, 1 broken, 1 without a text, ');
    const rows = await rowsOf(output);
    expect(rows.map(({ id }) => id)).toEqual(['1', '', '3', '4', '5']);
    expect(rows.map(({ note }) => note)).toEqual([
      '',
      'line 3: has 1 field where the header has 2.',
      'empty text',
      '',
      'no word in it',
    ]);
    expect(rows.map(({ label }) => label !== '')).toEqual([true, false, false, true, true]);
  });

  it('gives a column whose name is taken a suffix, and says so', async () => {
    await writeFile(file('taken.csv'), 'text,label\ngood,x\n');
    const all = flags.filter((flag) => flag !== '--quiet');
    const { stdout, stderr } = await runCli([...all, '--file', file('taken.csv')]);
    expect(stdout).toMatch(
      /^text,label,label_2,probability,probability:negative,probability:positive,note\ngood,x,/,
    );
    expect(stderr).toContain('has a column "label" already: the answer\'s is called "label_2"');
  });

  it('sums up as JSON', async () => {
    await writeFile(file('sum.jsonl'), '{"text":"good film"}\n{"text":"bad","more":[1]}\n');
    const output = file('sum.out.jsonl');
    const { stdout } = await runCli([...flags, '--json', '--file', file('sum.jsonl'), '--output', output]);
    expect(JSON.parse(stdout)).toEqual({
      ...{ run: 'tiny', rows: 2, answered: 2, broken: 0, empty: 0, output },
      ...{ seconds: expect.any(Number), rowsPerSecond: expect.any(Number) },
      reading: { cut: 0, shareRead: 1 },
    });
    expect((await rowsOf(output))[1]).toMatchObject({ text: 'bad', more: [1] });
  });

  it('refuses a text column that is not there, a table without one, and an ending that names no format', async () => {
    await writeFile(file('two.csv'), 'body text,b\ngood,film\n');
    const refused = async (...given: string[]) => {
      const { code, stderr } = await runCli([...flags, '--file', file('two.csv'), ...given]);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await refused()).toBe(
      `error: ${file('two.csv')} has no column that looks like texts. Its columns: "body text", "b".\nhint: Name the column of the texts with --text-column.\n`,
    );
    expect(await refused('--text-column', 'body txt')).toBe(
      `error: ${file('two.csv')} has no column "body txt". Its columns: "body text", "b".\nhint: Did you mean "body text"? Name it with --text-column.\n`,
    );
    expect(await refused('--output', 'x.xlsx')).toBe(
      'error: x.xlsx: the ending ".xlsx" names no format that is written.\nhint: Use .csv, .tsv or .jsonl.\n',
    );
    await mkdir(file('there.csv'), { recursive: true });
    expect(await refused('--text-column', 'b', '--output', file('there.csv'))).toContain(
      `error: Cannot write ${file('there.csv')}: it is a folder, a file is expected (EISDIR).`,
    );
  });

  it('leaves nothing when it is stopped, and says so', async () => {
    await mkdir(file('stopped'));
    await writeFile(file('long.csv'), `text\n${'good bad film the a great\n'.repeat(400_000)}`);
    const output = join(file('stopped'), 'out.csv');
    const all = flags.filter((flag) => flag !== '--quiet');
    const child = startCli([...all, '--file', file('long.csv'), '--output', output]);
    const result = collect(child);
    child.stderr!.on('data', (text: string) => {
      if (text.includes('texts in column')) setTimeout(() => child.kill('SIGINT'), 50);
    });
    const { code, stderr } = await result;
    expect(code).toBe(130);
    expect(stderr).toContain(`stopped: nothing was written to ${output}\n`);
    expect(await readdir(file('stopped'))).toEqual([]);
  });

  it('ends quietly when the reader of its output goes', async () => {
    await writeFile(file('piped.csv'), `text\n${'good bad film\n'.repeat(100_000)}`);
    const child = startCli([...flags, '--file', file('piped.csv')]);
    const result = collect(child);
    child.stdout!.once('data', () => child.stdout!.destroy());
    const { code, stderr } = await result;
    expect([code, stderr]).toEqual([0, '']);
  });

  it('reads lines of gzip and UTF-16, and refuses what is no text or is a table', async () => {
    const answer = async (input: Uint8Array | string, ...given: string[]) => {
      const { stdout, stderr } = await runCli([...flags, '--json', ...given, '-'], { input });
      return (
        stderr ||
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).text)
      );
    };
    const lines = 'good film\nbad\n';
    const wide = Buffer.from(lines, 'utf16le');
    expect(await answer(gzipSync(lines))).toEqual(['good film', 'bad']);
    expect(await answer(Buffer.concat([Buffer.from([0xff, 0xfe]), wide]))).toEqual(['good film', 'bad']);
    expect(await answer(wide)).toBe(
      'error: standard input holds NUL bytes: it is UTF-16 without a byte order mark, or no text.\nhint: If it is UTF-16, say so: --encoding utf-16le.\n',
    );
    expect(await answer(wide, '--encoding', 'utf-16le')).toEqual(['good film', 'bad']);
    expect(await answer(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toContain('error: standard input is ');
    expect(await answer('{"text": "good"}\n')).toContain('error: standard input holds JSON lines');
    expect(await answer('text,label\ngood,1\n')).toContain('begins with the header of a table (text,label)');
    await writeFile(file('utf16.txt'), Buffer.concat([Buffer.from([0xff, 0xfe]), wide]));
    const { stdout } = await runCli([...flags, '--json', '--file', file('utf16.txt')]);
    expect(stdout.match(/"text":"[^"]*"/g)).toEqual(['"text":"good film"', '"text":"bad"']);
  });

  it('tells the most probable labels, leaves improbable ones out, and says what was cut', async () => {
    const long = 'good film '.repeat(60);
    const all = flags.filter((flag) => flag !== '--quiet');
    const { stdout, stderr } = await runCli([...all, '--json', '--top', '2', '--min-probability', '1', long]);
    const answer = JSON.parse(stdout);
    expect(answer.label).toBeNull();
    expect(answer.top).toHaveLength(2);
    expect(answer.top[0].probability).toBe(answer.probability);
    expect(answer.top[1].probability).toBe(1 - answer.probability);
    expect(stderr).toContain('1 of 1 text is longer than is read: 50.0 % of their characters were read\n');
    const line = await runCli([...flags, '--top', '1', '--min-probability', '1', 'good']);
    expect(line.stdout).toMatch(/^- +\d+\.\d % {2}[━╌]{10} {2}(negative|positive) \d+\.\d % {2}good\n$/);
  });

  it('is used wrongly with a probability that is none, and with --output but no file: exit code 2', async () => {
    expect((await runCli([...flags, '--min-probability', '2', 'x'])).code).toBe(2);
    const { code, stderr } = await runCli([...flags, '--output', 'x.csv', 'good']);
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'error: --output goes with --file']);
    expect(await readFile(file('in.csv'), 'utf8')).toContain('id,text,stars');
  });
});
