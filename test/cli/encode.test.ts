import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { tinyRun, useCpu } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

let dataDir: string;
let flags: string[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'encode-'));
  await writeData(dataDir, { train: examples });
  flags = ['--config', 'gru2', '--set', 'text.vocabularySize=6', '--data-dir', dataDir];
});
afterAll(() => rm(dataDir, { recursive: true }));

const jsonLines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('imdb-rnn encode', () => {
  it('prints one line of JSON for each text, unknown tokens in OOV buckets', async () => {
    const { code, stdout } = await runCli(['encode', ...flags, '--json', 'The bad, faaaaaantastic', 'the']);
    expect(code).toBe(0);
    // Bucket 53 of 1,000 follows six known tokens: <pad>, The, bad, good, the, best.
    expect(jsonLines(stdout)).toEqual([
      {
        text: 'The bad, faaaaaantastic',
        tokens: ['The', 'bad', 'faaaaaantastic'],
        ids: [1, 2, 59],
        oov: [false, false, true],
      },
      { text: 'the', tokens: ['the'], ids: [4], oov: [false] },
    ]);
  });

  it('prints a table of tokens and ids that marks the OOV buckets', async () => {
    const { code, stdout } = await runCli(['encode', ...flags, 'The faaaaaantastic']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      ['token           id', 'The              1', 'faaaaaantastic  59  unknown, OOV bucket 53', ''].join(
        '\n',
      ),
    );
  });

  it('shows what subwords and characters stand for', async () => {
    const subwords = ['--set', 'text.tokenizer=subwords', '--set', 'text.vocabularySize=262'];
    const { code, stdout } = await runCli(['encode', ...flags, ...subwords, 'bad あ']);
    expect(code).toBe(0);
    const rows = stdout.trimEnd().split('\n');
    expect(rows[0]).toMatch(/^token +id$/);
    const shown = rows.slice(1).map((row) => row.split(/ {2,}/));
    expect(shown.map(([token]) => token).join('')).toBe('badĠãģĤ');
    expect(shown.slice(-4).map(([, , meaning]) => meaning)).toEqual(['" "', 'byte e3', 'byte 81', 'byte 82']);
    const characters = await runCli(['encode', ...flags, '--set', 'text.tokenizer=characters', 'a b']);
    expect(characters.stdout).toMatch(/^▁ +1 {2}white space$/m);
  });

  it('reads the lines of a pipe for -', async () => {
    const { stdout } = await runCli(['encode', ...flags, '--json', '-'], { input: 'bad\r\ngood\n' });
    expect(jsonLines(stdout).map(({ tokens, ids }) => [tokens, ids])).toEqual([
      [['bad'], [2]],
      [['good'], [3]],
    ]);
  });

  it('takes vocabulary and settings of a run instead, without any data', async () => {
    await useCpu();
    const modelsDir = join(dataDir, 'models');
    await tinyRun(modelsDir, { name: 'mine' });
    const run = ['--run', 'mine', '--models-dir', modelsDir];
    const { code, stdout } = await runCli(['encode', ...run, '--json', 'not a masterpiece'], {
      cwd: dataDir,
    });
    expect(code).toBe(0);
    expect(jsonLines(stdout)[0]).toMatchObject({
      ids: [8, 2, expect.any(Number)],
      oov: [false, false, true],
    });
  });

  it('gives a text without a word no ids and says so', async () => {
    const { code, stdout, stderr } = await runCli(['encode', ...flags, '--json', '10/10']);
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toEqual([{ text: '10/10', tokens: [], ids: [], oov: [] }]);
    expect(stderr).toBe('text 1 has no tokens: "10/10"\n');
  });

  it('is used wrongly without a text, without a source of the vocabulary, or with two', async () => {
    const wrong = [
      ['encode', ...flags],
      ['encode', 'a text'],
      ['encode', '--config', 'gru2', '--run', 'some-run', 'a text'],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = await runCli(args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^error: /);
    }
  });

  it('tells how to get the examples where there are none', async () => {
    // Not beside the data, where it would be found.
    const empty = join(dataDir, 'some', 'where', 'empty');
    const { code, stderr } = await runCli(['encode', '--config', 'gru2', '--data-dir', empty, 'a text']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*train split.*\nhint: .*imdb-rnn download/);
  });

  it('reads UTF-16 out of a pipe, and refuses JSON lines', async () => {
    const input = Buffer.from('\ufeffthe bad\r\n', 'utf16le');
    const { stdout } = await runCli(['encode', ...flags, '--json', '-'], { input });
    expect(jsonLines(stdout)).toMatchObject([{ text: 'the bad', tokens: ['the', 'bad'] }]);
    const refused = await runCli(['encode', ...flags, '-'], { input: '{"text": "the"}\n' });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error: standard input holds JSON lines/m);
  });
});
