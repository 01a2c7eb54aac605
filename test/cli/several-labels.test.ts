import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/random/random.js';
import { temporaryFolder } from '../runs/tiny-run.js';
import { runCli } from './run-cli.js';

const labels = ['price', 'service', 'taste'];
const words = ['expensive', 'waiter', 'delicious'];
let folder: string;

/** Lines of `text,label`: each label has a word that tells it; one in ten texts has a word of another label, too. */
function csv(count: number, { several }: { several: boolean }): string {
  const random = new Random(`lines ${several}`);
  const lines = Array.from({ length: count }, (_, place) => {
    const own = several ? labels.filter((_, label) => (place >> label) % 2 === 1) : [labels[place % 3]];
    const fillers = Array.from(
      { length: 4 },
      () => ['the', 'place', 'was', 'so', `x${random.integer(99)}`][random.integer(5)],
    );
    const told = own.map((label) => words[labels.indexOf(label)]);
    const stray = place % 10 === 0 ? [words[random.integer(3)]] : [];
    return `${[...fillers, ...told, ...stray].join(' ')},${own.join('|')}`;
  });
  return `text,label\n${lines.join('\n')}\n`;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, 'three.csv'), csv(300, { several: false }));
  await writeFile(join(folder, 'several.csv'), csv(300, { several: true }));
});
afterAll(() => rm(folder, { recursive: true }));

const cli = (...args: string[]) => runCli([...args, '--quiet'], { cwd: folder });
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};
const train = (name: string, data: string, ...set: string[]) =>
  json(
    ...['train', '--config', 'bag-of-words', '--data', data, '--name', name],
    ...set.flatMap((each) => ['--set', each]),
  );

describe('several labels at once, from the command line', () => {
  it('are trained with thresholds of their own, measured, and told in report and model card', async () => {
    const trained = await train(
      'topics',
      'several.csv',
      'dataset.labelSeparator="|"',
      'training.threshold=f1',
    );
    expect(trained.decision).toMatchObject({
      thresholdFor: 'f1',
      thresholds: [expect.any(Number), expect.any(Number), expect.any(Number)],
    });
    expect(Object.keys(trained.best.validation)).toEqual(['loss', 'microF1']);
    const result = await json('eval', '--run', 'topics');
    expect(result).toMatchObject({ labels, decision: trained.decision });
    expect(result.microF1).toBeGreaterThan(0.8);
    for (const name of [
      'subsetAccuracy',
      'hammingLoss',
      'jaccard',
      'samplesF1',
      'coverageError',
      'rankingLoss',
    ]) {
      expect(result[name]).toEqual(expect.any(Number));
    }
    expect(Object.keys(result.perClass.taste)).toEqual([
      ...['precision', 'recall', 'f1', 'support', 'rocAuc', 'averagePrecision'],
    ]);
    const { stdout } = await cli('eval', '--run', 'topics');
    expect(stdout).toMatch(/^micro F1 +\d+\.\d % {2}of all labels together$/m);
    expect(stdout).toMatch(/^thresholds? .*chosen for F1 on \d+ held-out examples$/m);
    const [card, report] = await Promise.all(
      ['README.md', 'report.html'].map((name) => readFile(join(folder, 'models', 'topics', name), 'utf8')),
    );
    for (const page of [card, report]) expect(page).toContain('chosen for F1 on');
    expect(card).toContain('answers none, one or several of "price", "service", "taste"');
    expect(await readFile(join(folder, 'models', 'topics', 'config.yaml'), 'utf8')).toContain(
      'task: multiLabel\n',
    );
  });

  it('answer texts', async () => {
    const { stdout } = await cli(
      'predict',
      '--run',
      'topics',
      '--json',
      'so expensive and delicious',
      'the place was',
    );
    const [both, none] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(both.labels).toEqual(['price', 'taste']);
    expect(none.labels).toEqual([]);
    const shown = await cli('predict', '--run', 'topics', 'so expensive and delicious');
    expect(shown.stdout).toMatch(/^price, taste +\d+\.\d % /);
  });

  it('are compared, by all that they have right', async () => {
    await train('others', 'several.csv', 'dataset.labelSeparator="|"', 'model.inverseRegularization=0.001');
    const { runs, tests } = await json('compare', 'topics', 'others');
    expect(runs.map(({ run }: { run: string }) => run)).toEqual(['topics', 'others']);
    expect(runs[0].microF1).toBeGreaterThan(runs[1].microF1);
    expect(tests).toHaveLength(1);
    const { stdout } = await cli('compare', 'topics', 'others');
    expect(stdout).toMatch(/^run +micro F1 .*subset accuracy/);
  });

  it('tell their mistakes', async () => {
    const file = join(folder, 'mistakes.jsonl');
    const args = ['eval', '--run', 'topics', '--threshold', '1'];
    const { errors, decision } = await json(...args, '--errors', '4', '--errors-file', file);
    expect(decision.thresholds).toEqual([1, 1, 1]);
    expect(errors).toHaveLength(4);
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(errors);
    const texts = await readFile(join(folder, 'several.csv'), 'utf8');
    for (const { text, truth, labels: answered } of errors) {
      expect(texts).toContain(`\n${text},${truth.join('|')}\n`);
      expect(answered).toEqual([]);
    }
  });
});

describe('three labels, from the command line', () => {
  it('are measured with top-k accuracy and the confusions', async () => {
    await train('three', 'three.csv', 'training.calibrate=true');
    const result = await json('eval', '--run', 'three');
    expect(result.labels).toEqual(labels);
    expect(result.top2Accuracy).toBeGreaterThanOrEqual(result.accuracy);
    expect(result.decision.temperatures).toHaveLength(1);
    expect(result).not.toHaveProperty('top3Accuracy');
    const { stdout } = await cli('eval', '--run', 'three', '--errors', '2');
    expect(stdout).toMatch(/^top-2 accuracy +\d+\.\d % /m);
    expect(stdout).toMatch(/^(probabilities calibrated by a temperature|not calibrated)/m);
  });

  it('have no threshold', async () => {
    for (const args of [
      ['eval', '--run', 'three', '--threshold', '0.4'],
      ['train', '--config', 'bag-of-words', '--data', 'three.csv', '--set', 'training.threshold=f1'],
    ]) {
      const { code, stderr } = await cli(...args);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'A threshold is for two labels, or for several at once; each text has one of 3 labels',
      );
    }
  });
});
