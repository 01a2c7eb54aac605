import { readdir, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSuspects } from '../../src/curation/find-suspects.js';
import { labelQuestions } from '../../src/curation/label-questions.js';
import { openTask } from '../../src/tasks/open-task.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';
import { learningConfig, tinyExamples } from '../training/tiny-data.js';
import { bagOfWordsConfig, examplesWithWrongLabels, finish, runOfTinyData } from './run-of-tiny-data.js';

let folder: string;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const wrong = [3, 17, 40, 58, 71];
const examples = examplesWithWrongLabels(80, wrong);
const options = () => ({ folds: 4, cacheDir: `${folder}/cache` });

describe('findSuspects', () => {
  it('names wrong labels alone, the right ones beside them, and how many there are', async () => {
    const { run, split } = await runOfTinyData(folder, { examples });
    const { events, result } = await finish(findSuspects(run, split, options()));
    expect(events[0]).toEqual({ type: 'started', examples: 80, folds: 16, foldsKept: 0 });
    const named = result!.suspects.map(({ example }) => example);
    expect(named.length).toBeGreaterThan(0);
    expect(wrong).toEqual(expect.arrayContaining(named));
    for (const { example, given, suggested, givenProbability, suggestedProbability } of result!.suspects) {
      expect(given).toBe(split.labels[examples[example].target as number]);
      expect(suggested).not.toBe(given);
      expect(givenProbability).toBeLessThan(suggestedProbability);
      expect(givenProbability + suggestedProbability).toBeCloseTo(1, 12);
    }
    const qualities = result!.suspects.map(({ quality }) => quality);
    expect(qualities).toEqual([...qualities].sort((one, other) => one - other));
    const [noise] = result!.noise;
    expect(noise.agreement).toBe(75 / 80);
    expect(noise.wrongLabels).toBeGreaterThanOrEqual(named.length);
    expect(noise.counts.reduce((sum, count) => sum + count)).toBe(80);
  });

  it('trains nothing a second time, unless examples, folds or settings are others', async () => {
    const { run, split } = await runOfTinyData(folder, { examples });
    const first = await finish(findSuspects(run, split, options()));
    expect(await readdir(run.path)).toContain('evaluation-folds.bin');
    const again = await finish(findSuspects(run, split, options()));
    expect(again.events).toEqual([{ type: 'started', examples: 80, folds: 16, foldsKept: 16 }]);
    expect(again.result).toEqual(first.result);
    const other = await finish(findSuspects(run, split, { ...options(), folds: 5 }));
    expect(other.events[0]).toMatchObject({ foldsKept: 0 });
    const alone = await finish(findSuspects(run, split, { ...options(), judges: 'run' }));
    expect(alone.events[0]).toMatchObject({ folds: 8, foldsKept: 0 });
    const changed = { ...split, contentHash: 'other' };
    expect((await finish(findSuspects(run, changed, options()))).events[0]).toMatchObject({ foldsKept: 0 });
  });

  it('keeps the rounds that are done when there are to be more or fewer', async () => {
    const { run, split } = await runOfTinyData(folder, { examples });
    const one = await finish(findSuspects(run, split, { ...options(), rounds: 1 }));
    const two = await finish(findSuspects(run, split, options()));
    expect(two.events[0]).toMatchObject({ folds: 16, foldsKept: 8 });
    expect(one.result!.leftOut).toEqual([0]);
    expect(two.result!.leftOut).toEqual([0, Math.floor(one.result!.suspects.length / 2)]);
    const again = await finish(findSuspects(run, split, { ...options(), rounds: 1 }));
    expect(again.events).toEqual([{ type: 'started', examples: 80, folds: 8, foldsKept: 8 }]);
    expect(again.result).toEqual(one.result);
    const { run: other } = await runOfTinyData(folder, { examples });
    expect((await finish(findSuspects(other, split, options()))).result).toEqual(two.result);
  });

  it('stops when it is told to and goes on where it was, to the same result', async () => {
    const { run, split } = await runOfTinyData(folder, { examples });
    const whole = await finish(findSuspects(run, split, options()));
    const { run: other } = await runOfTinyData(folder, { examples });
    const stop = new AbortController();
    const events = findSuspects(other, split, { ...options(), signal: stop.signal });
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      if (next.value.type === 'progress' && next.value.fold === 14) stop.abort();
    }
    expect(next.value).toBeUndefined();
    const resumed = await finish(findSuspects(other, split, options()));
    expect(resumed.events[0]).toMatchObject({ foldsKept: 13 });
    expect(resumed.result).toEqual(whole.result);
  });

  it('tells how much is done of how much, which is all in the end', async () => {
    const { run, split } = await runOfTinyData(folder, { examples });
    const { events } = await finish(findSuspects(run, split, options()));
    const progress = events.filter((event) => event.type === 'progress');
    const folds = [...new Set(progress.map(({ fold }) => fold))];
    expect(folds).toEqual(Array.from({ length: 16 }, (_, fold) => fold + 1));
    for (const { fold, round, judge } of progress) {
      expect([round, judge]).toEqual([fold > 8 ? 2 : 1, (fold - 1) % 8 < 4 ? 'run' : 'words']);
    }
    // The last fold may end sooner than those before it.
    expect(progress.at(-1)!.done).toBeGreaterThan(0.99 * progress.at(-1)!.total);
    progress.forEach(({ done, total }, place) => {
      expect(done).toBeLessThanOrEqual(total);
      expect(done).toBeGreaterThan(progress[place - 1]?.done ?? 0);
    });
  });

  it('asks a recurrent model with the weights of its best epoch', async () => {
    const config = learningConfig({ epochs: 3 });
    const { run, split } = await runOfTinyData(folder, { examples: examples.slice(0, 40), config });
    const { result } = await finish(findSuspects(run, split, { ...options(), folds: 2, rounds: 1 }));
    expect(result!.examples).toBe(40);
    expect(result!.noise[0].agreement).toBeGreaterThan(0.4);
    expect(result!.judges).toEqual(['run', 'words']);
    expect(result!.noise[0].weights).toHaveLength(2);
  });

  it('asks of each of several labels, and of more than two, with both judges', async () => {
    const several = Array.from({ length: 60 }, (_, place) => ({
      text: ['bad', 'good'].filter((_, label) => (place >> label) & 1).join(' ') || 'film',
      target: [0, 1].filter((label) => (place >> label) & 1),
    }));
    several[4] = { ...several[4], target: [1] };
    const config = { ...bagOfWordsConfig(), task: 'multiLabel' as const };
    const { run, split } = await runOfTinyData(folder, { examples: several, config });
    const { result } = await finish(findSuspects(run, split, { ...options(), folds: 3 }));
    expect(result!.noise.map(({ names }) => names[1])).toEqual(split.labels);
    expect(result!.suspects[0]).toMatchObject({ example: 4, given: 'positive', suggested: 'not positive' });
    const three = tinyExamples(60, { labelCount: 3 });
    three[7] = { ...three[7], target: 2 };
    const labels = ['bad', 'good', 'strange'];
    const { run: other, split: ofThree } = await runOfTinyData(folder, { examples: three, labels });
    const found = await finish(findSuspects(other, ofThree, { ...options(), folds: 3 }));
    expect(found.result!.suspects[0]).toMatchObject({ example: 7, given: 'strange', suggested: 'good' });
    expect(found.result!.noise[0].weights).toHaveLength(2);
  });

  it('refuses more folds than examples', async () => {
    const { run, split } = await runOfTinyData(folder, { examples });
    for (const folds of [1, 81]) {
      await expect(finish(findSuspects(run, split, { ...options(), folds }))).rejects.toThrow(
        `80 examples cannot be dealt into ${folds} folds.`,
      );
    }
  });
});

describe('labelQuestions', () => {
  it('asks of each label on its own where an example has several', () => {
    const targets = { values: Int32Array.of(0, 1, 1), offsets: Int32Array.of(0, 2, 2, 3) };
    const outputs = Float32Array.of(0.75, 0.5, 0.25, 0, 1, 0.125);
    const questions = labelQuestions(openTask('multiLabel', ['spam', 'urgent']), { outputs, targets });
    expect(questions.map(({ names }) => names)).toEqual([
      ['not spam', 'spam'],
      ['not urgent', 'urgent'],
    ]);
    expect(questions.map(({ data }) => [...data.labels])).toEqual([
      [1, 0, 0],
      [1, 0, 1],
    ]);
    expect([...questions[1].data.probabilities]).toEqual([0.5, 0.5, 1, 0, 0.875, 0.125]);
  });

  it('refuses a task whose answers are no labels of whole texts', () => {
    const task = { ...openTask('classification', ['a', 'b']), name: 'tokenLabels' as 'classification' };
    expect(() =>
      labelQuestions(task, { outputs: new Float32Array(1), targets: { values: new Int32Array(1) } }),
    ).toThrow('A text has no labels of its own where the task is tokenLabels.');
  });
});
