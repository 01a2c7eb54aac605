import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { runCli } from './run-cli.js';

let dataDir: string;
let flags: string[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'prepare-'));
  await writeData(dataDir, { train: examples, test: examples.slice(0, 4) });
  flags = ['--config', 'gru2', '--set', 'text.vocabularySize=6', '--data-dir', dataDir];
});
afterAll(() => rm(dataDir, { recursive: true }));

describe('imdb-rnn prepare', () => {
  it('prints one JSON object with the documented fields', async () => {
    const { code, stdout } = await runCli(['prepare', ...flags, '--json', '--quiet']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      ...{ examples: 12, tokens: 50, distinctTokens: 23, oovShare: 0.62 },
      paddingEfficiency: expect.any(Number),
      lengths: { max: 9, histogram: expect.arrayContaining([{ from: 0, to: 0, examples: 2 }]) },
    });
    expect(report.mostCommon.slice(0, 2)).toEqual([
      ['The', 4],
      ['bad', 4],
    ]);
  });

  it('prints the figures, the most common words and bars of the lengths for people', async () => {
    const { code, stdout } = await runCli(['prepare', ...flags]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^examples +12 {2}acl-imdb, train$/m);
    expect(stdout).toMatch(/^tokens +50 {2}4\.2 an example, at most 9$/m);
    expect(stdout).toMatch(/^distinct tokens +23 {2}<pad> and 5 others have an id of their own$/m);
    expect(stdout).toMatch(
      /^unknown words +62\.0 % {2}of train's tokens; \d+\.\d % of test's; they share 1,000 ids$/m,
    );
    expect(stdout).toMatch(/^padding efficiency +\d+\.\d % /m);
    expect(stdout).toMatch(/^The +4 +8\.0 %$/m);
    expect(stdout).toMatch(/^ +4 +4 {2}#{50}$/m);
  });

  it('says what was changed and where the counts come from on standard error, or nothing when quiet', async () => {
    await runCli(['prepare', ...flags, '--quiet']);
    const { stdout, stderr } = await runCli(['prepare', ...flags, '--json']);
    expect(stderr).toMatch(/^text\.vocabularySize: 10000 -> 6\nfrom the cache, \d+\.\d s\n$/);
    expect(await readdir(join(dataDir, 'cache'))).toHaveLength(2);
    const quiet = await runCli(['prepare', ...flags, '--json', '--quiet']);
    expect([quiet.stdout, quiet.stderr]).toEqual([stdout, '']);
  });

  it('tells how to get the examples where there are none', async () => {
    // Not beside the data, where it would be found.
    const empty = join(dataDir, 'some', 'where', 'empty');
    const { code, stdout, stderr } = await runCli(['prepare', '--config', 'gru2', '--data-dir', empty]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: .*train split.*\nhint: .*imdb-rnn download/);
  });

  it('needs a config, and shows examples in its help', async () => {
    const usage = await runCli(['prepare']);
    expect(usage.code).toBe(2);
    expect(usage.stderr).toContain('--config');
    const help = await runCli(['prepare', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('$ imdb-rnn prepare --config gru2');
  });

  it('shows what subwords stand for, of which none is unknown, and calls characters so', async () => {
    const of = (tokenizer: string) => ['prepare', ...flags, '--set', `text.tokenizer=${tokenizer}`];
    const subwords = await runCli([...of('subwords'), '--set', 'text.vocabularySize=300']);
    expect(subwords.code).toBe(0);
    expect(subwords.stdout).not.toMatch(/unknown/);
    expect(subwords.stdout).toMatch(/^Ġgood +4 +\d+\.\d % {2}" good"$/m);
    const characters = await runCli(of('characters'));
    expect(characters.stdout).toMatch(/^unknown characters +\d+\.\d % /m);
    expect(characters.stdout).toMatch(/^▁ +\d+ +\d+\.\d % {2}white space$/m);
  });
});
