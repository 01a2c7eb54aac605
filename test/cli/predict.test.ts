import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, tinyRun, useCpu } from '../runs/tiny-run.js';
import { collect, runCli, startCli } from './run-cli.js';

let folder: string;
let flags: string[];

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  await tinyRun(folder);
  flags = ['predict', '--models-dir', folder];
});
afterAll(() => rm(folder, { recursive: true }));

const jsonLines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('imdb-rnn predict', () => {
  it('prints one line of JSON for each text', async () => {
    const { code, stdout } = await runCli([...flags, '--json', 'good film', 'bad']);
    expect(code).toBe(0);
    const answers = jsonLines(stdout);
    expect(answers.map(({ text }) => text)).toEqual(['good film', 'bad']);
    for (const { label, probability, probabilities } of answers) {
      expect(Object.keys(probabilities)).toEqual(['negative', 'positive']);
      expect(probabilities.negative + probabilities.positive).toBe(1);
      expect(probability).toBe(probabilities[label]);
      expect(probability).toBeGreaterThanOrEqual(0.5);
    }
  });

  it('prints label, probability, a bar and the text for people, and what answered on standard error', async () => {
    const { code, stdout, stderr } = await runCli([...flags, 'good film', 'a\tgood\nfilm']);
    expect(code).toBe(0);
    const line = /^(negative|positive) {2,}(\d+\.\d) % {2}([━╌]{10}) {2}(.*)$/;
    const [first, second] = stdout
      .trimEnd()
      .split('\n')
      .map((text) => line.exec(text)!);
    expect(first[3].replaceAll('╌', '')).toHaveLength(Math.round(Number(first[2]) / 10));
    expect([first[4], second[4]]).toEqual(['good film', 'a good film']);
    expect(stderr).toMatch(/^run tiny, backend wasm \(.*\)\n$/);
  });

  it('shows the text on a terminal that reports 0 columns', async () => {
    const code = 'Object.assign(process.stdout, { isTTY: true, columns: 0 });';
    const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
    const { stdout } = await runCli([...flags, '--quiet', 'good film '.repeat(20)], {
      nodeOptions,
      env: { NO_COLOR: '1' },
    });
    expect(stdout.trimEnd()).toHaveLength(80);
    expect(stdout).toMatch(/ {2}(good film )+(good? ?f?i?l?)?…\n$/);
  });

  it('answers an empty text, and one without a known word, with a note', async () => {
    const { code, stdout } = await runCli([...flags, '', '10/10', 'unheard of']);
    expect(code).toBe(0);
    const [empty, wordless, unknown] = stdout.trimEnd().split('\n');
    expect(empty).toMatch(/\(empty text\)$/);
    expect(wordless).toMatch(/\(no word in it\) {2}10\/10$/);
    expect(unknown).toMatch(/\(no known word\) {2}unheard of$/);
    const json = await runCli([...flags, '--json', '', 'good']);
    expect(jsonLines(json.stdout).map(({ note }) => note)).toEqual(['empty text', undefined]);
  });

  it('classifies the lines of a pipe and of a file alike, whatever ends them', async () => {
    const file = join(folder, 'reviews.txt');
    await writeFile(file, '\ufeffgood film\r\n\r\nbad');
    const pipe = await runCli([...flags, '--json', '-'], { input: 'good film\n\nbad\n' });
    const lines = await runCli([...flags, '--json', '--file', file]);
    const texts = await runCli([...flags, '--json', 'good film', '', 'bad']);
    expect(jsonLines(pipe.stdout)).toHaveLength(3);
    expect(lines.stdout).toBe(pipe.stdout);
    expect(texts.stdout).toBe(pipe.stdout);
    const withEnds = await runCli([...flags, '--json', 'good film\n', 'bad\r\n']);
    const probabilities = ({ stdout }: { stdout: string }) =>
      jsonLines(stdout).map((answer) => answer.probabilities);
    expect(probabilities(withEnds)).toEqual([probabilities(pipe)[0], probabilities(pipe)[2]]);
  });

  it('answers a line of a pipe before the next one has come', async () => {
    const child = startCli([...flags, '--json', '-']);
    const result = collect(child);
    for (const text of ['good film', 'bad']) {
      const answer = new Promise<string>((resolve) => child.stdout!.once('data', resolve));
      child.stdin!.write(`${text}\n`);
      expect(JSON.parse(await answer)).toMatchObject({ text });
    }
    child.stdin!.end();
    expect((await result).code).toBe(0);
  });

  it('answers many lines in their order', async () => {
    const texts = Array.from({ length: 1000 }, (_, index) => 'good bad film '.repeat(index % 7) + index);
    const { code, stdout } = await runCli([...flags, '--json', '-'], { input: texts.join('\n') });
    expect(code).toBe(0);
    expect(jsonLines(stdout).map(({ text }) => text)).toEqual(texts);
  });

  it('ends quietly when the reader of its output goes', async () => {
    const child = startCli([...flags, '--quiet', '-']);
    const result = collect(child);
    child.stdin!.on('error', () => {});
    child.stdout!.once('data', () => child.stdout!.destroy());
    child.stdin!.write('good film\n'.repeat(20_000));
    const { code, stderr } = await result;
    child.stdin!.destroy();
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says nothing beside the result when quiet, and answers an empty pipe with nothing', async () => {
    const { code, stdout, stderr } = await runCli([...flags, '--quiet', '-'], { input: '' });
    expect([code, stdout, stderr]).toEqual([0, '', '']);
  });

  it('is used wrongly without a text, or with texts and a file: exit code 2', async () => {
    const none = await runCli(flags);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('nothing to classify');
    const both = await runCli([...flags, '--file', 'x', 'text']);
    expect(both.code).toBe(2);
    const threads = await runCli([...flags, '--threads', 'two', 'text']);
    expect(threads.code).toBe(2);
  });

  it('explains a run or a file that is not there: exit code 1', async () => {
    const run = await runCli([...flags, '--run', 'tini', 'text']);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toBe(`error: There is no run "tini" in ${folder}.\nhint: Did you mean tiny?\n`);
    const file = await runCli([...flags, '--file', join(folder, 'none.txt')]);
    expect(file.code).toBe(1);
    expect(file.stderr).toContain('none.txt: it is not there (ENOENT)');
  });

  it('shows examples in its help', async () => {
    const { code, stdout } = await runCli(['predict', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('$ cat reviews.txt | imdb-rnn predict -');
  });
});
