import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { runRounds } from '../../../scripts/bench/run-rounds.mjs';
import { answerOf } from './answer-of.js';

const contender = (key: string, facts = {}) => {
  return { key, title: key.toUpperCase(), program: key, parameters: [], ...facts };
};

describe('the rounds', () => {
  it('measure all contenders in turn, and a slow one only once', async () => {
    const order: string[] = [];
    const measure = async (program: string) => {
      order.push(program);
      return answerOf(program, { train: { step: order.length } });
    };
    const contenders = [contender('a'), contender('slow', { once: true }), contender('b')];
    const outcomes = await runRounds(contenders, { rounds: 3, onNote: () => {}, measure });
    expect(order).toEqual(['a', 'slow', 'b', 'a', 'b', 'a', 'b']);
    expect(outcomes[0].result.train.rounds).toEqual([1, 4, 6]);
    expect(outcomes[1].result.train.rounds).toEqual([2]);
  });

  it('tell of each round, and of predicting alone where a contender does not train', async () => {
    const notes: string[] = [];
    const measure = async (program: string) =>
      answerOf(program, { train: program === 'a' ? { step: 5 } : {}, predict: { batch: 2 } });
    const onNote = (line: string) => notes.push(line);
    await runRounds([contender('a'), contender('b')], { rounds: 1, onNote, measure });
    expect(notes).toEqual([
      'round 1 of 1: A: 5.0 ms a step, 2.0 ms a predicted batch',
      'round 1 of 1: B: 2.0 ms a predicted batch',
    ]);
  });

  it('tell once what a contender did not measure', async () => {
    const notes: string[] = [];
    const note = 'left out: nn.GRU padded, torch.compile: no compiler';
    const measure = async (program: string) => answerOf(program, { train: { step: 5 } }, { note });
    const onNote = (line: string) => notes.push(line);
    await runRounds([contender('a')], { rounds: 2, onNote, measure });
    expect(notes.filter((line) => line.includes(note))).toEqual([`A: ${note}`]);
  });

  it('go on without a contender that fails, and tell why', async () => {
    const tries: string[] = [];
    const notes: string[] = [];
    const measure = async (program: string) => {
      tries.push(program);
      if (program === 'broken') throw new Error('no module named keras');
      return answerOf(program, { train: { step: 5 } });
    };
    const onNote = (line: string) => notes.push(line);
    const contenders = [contender('broken'), contender('a')];
    const outcomes = await runRounds(contenders, { rounds: 2, onNote, measure });
    expect(tries).toEqual(['broken', 'a', 'a']);
    expect(outcomes[0]).toEqual({ key: 'broken', title: 'BROKEN', failure: 'no module named keras' });
    expect(outcomes[1].result.train.ms).toBe(5);
    expect(notes[0]).toBe('round 1 of 2: BROKEN failed: no module named keras');
  });
});
