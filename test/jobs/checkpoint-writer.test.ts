import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CheckpointWriter, type Moment } from '../../src/jobs/checkpoint-writer.js';
import type { TrainingState } from '../../src/training/training-state.js';

const momentOf = (step: number): Moment => ({ state: { epoch: 1, step } as TrainingState, metrics: step });

/** A writer on a clock of its own; `finish` ends the writing that is going on. */
function writerOn(
  every: { seconds: number; steps?: number },
  { takeMs = 0, heldUpMs = 0, saved = undefined } = {},
) {
  const clock = { ms: 0 };
  const written: unknown[] = [];
  let finish: (error?: Error) => void = () => {};
  const writer = new CheckpointWriter({
    every,
    saved,
    now: () => clock.ms,
    take({ metrics }) {
      clock.ms += takeMs;
      return { facts: { step: metrics }, numbers: new Uint8Array() };
    },
    write: ({ facts }) =>
      new Promise((resolve, reject) => {
        finish = (error) => {
          if (error) return reject(error);
          written.push(facts.step);
          resolve(heldUpMs);
        };
      }),
  });
  const done = async (error?: Error) => {
    await setImmediate();
    finish(error);
    finish = () => {};
    await writer.settle();
  };
  const stepAt = (seconds: number, step: number) => {
    clock.ms = 1_000 * seconds;
    writer.afterStep(() => momentOf(step));
  };
  return { writer, written, done, stepAt, clock };
}

describe('checkpoints while a training goes on', () => {
  it('are taken every so many seconds, counted from when the last was written', async () => {
    const { stepAt, done, written } = writerOn({ seconds: 30 });
    for (const [seconds, step] of [
      [29.9, 1],
      [30, 2],
    ])
      stepAt(seconds, step);
    await done();
    for (const [seconds, step] of [
      [59.9, 3],
      [60, 4],
      [61, 5],
    ])
      stepAt(seconds, step);
    await done();
    expect(written).toEqual([2, 4]);
  });

  it('are taken every so many steps, too', async () => {
    const { stepAt, done, written } = writerOn({ seconds: 30, steps: 3 });
    for (let step = 1; step <= 7; step += 1) {
      stepAt(step, step);
      await done();
    }
    expect(written).toEqual([3, 6]);
  });

  it('are never written two at a time', async () => {
    const { stepAt, done, written } = writerOn({ seconds: 1 });
    for (const second of [1, 2, 3, 4]) stepAt(second, second);
    await done();
    stepAt(5, 5);
    await done();
    expect(written).toEqual([1, 5]);
  });

  it('hold the training up for at most a fiftieth of the time, however large they are', async () => {
    const { stepAt, done, written } = writerOn({ seconds: 1 }, { takeMs: 600, heldUpMs: 400 });
    stepAt(1, 1);
    await done();
    for (const second of [10, 40, 51, 52]) {
      stepAt(second, second);
      await done();
    }
    expect(written).toEqual([1, 52]);
  });

  it('are copies of the very step, made before the next one', async () => {
    const { writer, written, done } = writerOn({ seconds: 30 });
    let step = 1;
    const saving = writer.save(momentOf(step));
    await saving;
    step = 2;
    await done();
    expect(written).toEqual([1]);
  });

  it('that fail are told once, and tried again when they are due', async () => {
    const { writer, stepAt, done, written } = writerOn({ seconds: 30 });
    stepAt(30, 1);
    await done(new Error('full'));
    expect(writer.takeFailure()).toEqual(new Error('full'));
    expect([writer.takeFailure(), writer.hasWritten]).toEqual([undefined, false]);
    stepAt(60, 2);
    await done();
    expect([written, writer.hasWritten]).toEqual([[2], true]);
  });

  it('are waited for at the end, whose failure is the failure of the training', async () => {
    const { writer, done } = writerOn({ seconds: 30 });
    const ending = writer.saveNow(momentOf(9));
    await done(new Error('full'));
    await expect(ending).rejects.toThrow('full');
  });

  it('are not written again where that very moment is on the disk', async () => {
    const moment = momentOf(3);
    const { writer, written, done } = writerOn({ seconds: 30 });
    const first = writer.saveNow(moment);
    await done();
    await first;
    await writer.saveNow({ ...moment });
    expect(written).toEqual([3]);
  });
});
