import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

const rows = `id,review,stars
1,A fine film and a fine cast,good
2,"Dull, and far too long",bad
3,A fine film and a fine cast,bad
4,,good
5,Itâ€™s 10/10 <br /> &amp; see https://example.org 🙂,good
6,Dull from the first minute,bad
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
  await writeFile(join(folder, 'reviews.csv'), rows);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runCli(['inspect', ...args], { cwd: folder });

describe('imdb-rnn inspect', () => {
  it('prints what a file holds', async () => {
    const { code, stdout, stderr } = await run('reviews.csv');
    expect(code).toBe(0);
    expect(stderr).toBe(
      'reviews.csv: text column "review" (by its name), label column "stars" (by its name)\n',
    );
    expect(stdout).toBe(`reviews.csv: csv (","), utf-8; 6 rows, 3 columns

column  is      filled  distinct  holds   most often
id             100.0 %         6  string
review  text    83.3 %         4  string  A fine film and a fine cast (33.3 %)
stars   label  100.0 %         2  string  good (50.0 %)

label  rows   share
bad       3  50.0 %  ##############################
good      2  33.3 %  ####################
2 labels with fewer than 10 rows

length in   mean  least  5 %  25 %  50 %  75 %  95 %  99 %  most
characters  30.6     22   22    26    27    27    51    51    51
bytes       32.2     22   22    26    27    27    59    59    59
words        6.6      5    5     5     7     7     9     9     9

words  texts
    5      2  ########################################
    6      0
    7      2  ########################################
    8      0
    9      1  ####################

found                  rows   share  first on lines
empty texts               1  16.7 %  5
repeated texts            1  16.7 %  4 (as 2)
contradictory labels      1  16.7 %  4 (as 2)
wrong encoding (Ã©)       1  16.7 %  6
lost letters (U+FFFD)     0   0.0 %
HTML tags                 1  16.7 %  6
HTML entities             1  16.7 %  6
URLs                      1  16.7 %  6
emoji                     1  16.7 %  6
digits                    1  16.7 %  6

written in: Latin 100.0 %; English, a guess by frequent words
`);
  });

  it('prints the same as JSON, and nothing else when quiet', async () => {
    const { code, stdout, stderr } = await run('reviews.csv', '--json', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ data: ['reviews.csv'], rows: 6, textColumn: 'review', labelColumn: 'stars' },
      problems: { count: 0, first: [] },
      contradictions: { texts: 1, places: [{ file: 'reviews.csv', line: 4, first: { line: 2 } }] },
      marks: { mojibake: { rows: 1 }, urls: { rows: 1 } },
      writing: { language: 'English', toldBy: 'words' },
    });
  });

  it('looks at the training examples of a config', async () => {
    const { code, stdout } = await run('--config', 'gru2', '--set', 'dataset.name=sample', '--quiet');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sample, train split; 2,000 rows, 2 columns$/m);
    expect(stdout).toMatch(/^negative +1,000 +50\.0 % /m);
    expect(stdout).toMatch(/^negative +bad \d+\.\d, worst /m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('goes on without labels, and tells of rows that it cannot read', async () => {
    await writeFile(join(folder, 'lines.txt'), 'one line\nanother one here\n');
    const lines = await run('lines.txt');
    expect(lines.code).toBe(0);
    expect(lines.stderr).toContain('no column looks like labels; --label-column names one');
    await writeFile(
      join(folder, 'torn.jsonl'),
      '{"text":"a b","label":1}\n{"text":\n{"text":"c d","label":2}\n',
    );
    const torn = await run('torn.jsonl');
    expect(torn.code).toBe(0);
    expect(torn.stderr).toMatch(/^warning: torn\.jsonl:2 /m);
    expect(torn.stdout).toContain('2 rows, 2 columns');
  });

  it('names the columns where the one that was asked for is not there', async () => {
    const { code, stderr } = await run('reviews.csv', '--text-column', 'reviw');
    expect(code).toBe(1);
    expect(stderr).toMatch(/has no column "reviw".*\n.*Did you mean "review"\?/);
  });

  it('needs either data or a config', async () => {
    expect((await run()).code).toBe(2);
    expect((await run('reviews.csv', '--config', 'gru2')).stderr).toContain('give either data or --config');
  });
});
