import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatEvaluation } from '../../src/commands/format-evaluation.js';
import { writeMistakes } from '../../src/commands/write-mistakes.js';
import type { Mistake } from '../../src/evaluation/mistakes.js';
import type { RunEvaluation } from '../../src/jobs/evaluate-run.js';
import { Random } from '../../src/random/random.js';
import { openTask } from '../../src/tasks/open-task.js';
import type { Task } from '../../src/tasks/task.js';
import { temporaryFolder } from '../runs/tiny-run.js';

const names = (count: number) => Array.from({ length: count }, (_, label) => `label number ${label}`);
const width = 80;

function evaluated(task: Task, mistakes: readonly Mistake[] = []): RunEvaluation {
  const random = new Random('evaluation');
  const examples = 500;
  const outputs = Float32Array.from({ length: examples * task.columns }, () => random.next());
  const values = Int32Array.from({ length: examples }, () => random.integer(task.labels.length));
  const evaluation = task.evaluate({ outputs, targets: { values } });
  return { ...evaluation, seconds: 2, examplesPerSecond: 250, task, mistakes };
}

const mistake: Mistake = {
  ...{ example: 7, text: `two\nlines, "quoted" ${'and long '.repeat(40)}`, truth: ['b', 'c'] },
  answer: { summary: '-', probability: 0.875, record: { labels: [], probability: 0.875 } },
};

describe('an evaluation on the terminal', () => {
  it.each([2, 8, 200])('is not wider than the terminal, and not long, with %i labels', (count) => {
    const lines = formatEvaluation(evaluated(openTask('classification', names(count))), { width }).split(
      '\n',
    );
    expect(lines.length).toBeLessThan(70);
    // The table of the labels needs 85 columns with such names: its numbers are never cut.
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(90);
    expect(lines[0]).toMatch(/^accuracy +\d+\.\d % {2}95 % interval/);
    expect(lines[1]).toMatch(/^F1 +\d+\.\d % {2}plain mean/);
    const cut = lines.filter((line) => line.endsWith('; --json has all)'));
    expect(cut).toEqual(
      count === 200
        ? [
            '(Labels: the 20 of 200 with the most examples; --json has all)',
            '(Confusion matrix: the 10 of 200 with the most examples; --json has all)',
          ]
        : [],
    );
  });

  it('tells of several labels at once, and what was decided', () => {
    const decision = { examples: 90, thresholds: [0.25, 0.5, 0.75], thresholdFor: 'f1' as const };
    const task = openTask('multiLabel', ['a', 'b', 'c'], { decision });
    const text = formatEvaluation(evaluated(task, [mistake]), { width });
    expect(text).toMatch(/^micro F1 /);
    expect(text).toContain('\nthresholds a 0.25, b 0.5, c 0.75, chosen for F1 on 90 held-out examples\n');
    expect(text).toMatch(/^ +sure +answered +truly +text$/m);
    expect(text).toMatch(/^87\.5 % +- +b, c +two lines, "quoted" and long .*…$/m);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(width);
  });
});

describe('a file of mistakes', () => {
  it('is CSV with a row for each', async () => {
    const path = join(await temporaryFolder(), 'mistakes.csv');
    await writeMistakes(path, [{ ...mistake, text: 'a, "b"\nc' }]);
    expect(await readFile(path, 'utf8')).toBe(
      'example,text,truth,answer,probability\n7,"a, ""b""\nc","b, c",-,0.875\n',
    );
  });

  it('has a header even without a mistake', async () => {
    const path = join(await temporaryFolder(), 'mistakes.tsv');
    await writeMistakes(path, []);
    expect(await readFile(path, 'utf8')).toBe('example\ttext\ttruth\tanswer\tprobability\n');
  });

  it('is JSONL with all that is told of each', async () => {
    const path = join(await temporaryFolder(), 'mistakes.jsonl');
    await writeMistakes(path, [mistake, { ...mistake, example: 8, truth: 'b' }]);
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { example: 7, text: mistake.text, truth: ['b', 'c'], labels: [], probability: 0.875 },
      { example: 8, text: mistake.text, truth: 'b', labels: [], probability: 0.875 },
    ]);
  });
});
