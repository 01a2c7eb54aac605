import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { mergeRounds } from '../../../scripts/bench/merge-rounds.mjs';
import { answerOf } from './answer-of.js';

describe('the rounds of a contender', () => {
  it("become the median of the rounds' medians", () => {
    const answers = [30, 20, 90].map((ms) =>
      answerOf('ours', { train: { step: ms }, predict: { batch: ms / 2 } }),
    );
    const { train, predict } = mergeRounds(answers);
    expect(train).toMatchObject({ variant: 'step', ms: 30, rounds: [30, 20, 90] });
    expect(predict).toMatchObject({ variant: 'batch', ms: 15, rounds: [15, 10, 45] });
  });

  it('choose the fastest variant by all rounds, not by a lucky one', () => {
    const times = [
      [50, 10],
      [50, 60],
      [50, 60],
    ];
    const { train } = mergeRounds(
      times.map(([padded, packed]) => answerOf('torch', { train: { padded, packed } })),
    );
    expect(train).toMatchObject({ variant: 'padded', ms: 50 });
    expect(train.variants.packed).toMatchObject({ ms: 60, rounds: [10, 60, 60] });
  });

  it('keep the largest memory and the median share outside the kernels', () => {
    const answers = [
      { peakMemoryMB: 150, outsideKernels: 0.2 },
      { peakMemoryMB: 170, outsideKernels: 0.1 },
      { peakMemoryMB: 160, outsideKernels: 0.05 },
    ].map((facts) => answerOf('ours', { train: { step: 1 } }, facts));
    expect(mergeRounds(answers)).toMatchObject({ peakMemoryMB: 170, outsideKernels: 0.1 });
  });

  it('say of each variant how far padding moves its answers', () => {
    const times = { train: { padded: 10, packed: 20 }, predict: { padded: 3 } };
    const answer = answerOf('torch', times, { paddingChanges: { padded: 0.2, packed: 0 } });
    const { train, predict } = mergeRounds([answer, answer]);
    expect(train).toMatchObject({ variant: 'padded', paddingChange: 0.2 });
    expect(train.variants.packed.paddingChange).toBe(0);
    expect(predict.paddingChange).toBe(0.2);
  });

  it('keep the number of parameters', () => {
    const answer = answerOf('torch', { train: { packed: 1 } }, { parameters: 1_024, secondBiases: 24 });
    expect(mergeRounds([answer])).toMatchObject({ parameters: 1_024, secondBiases: 24 });
  });

  it('leave out a variant that was not measured in each of them, and keep the note that says why', () => {
    const whole = answerOf('torch', { train: { padded: 30, compiled: 20 } });
    const part = answerOf('torch', { train: { padded: 40 } }, { note: 'left out: compiled: no compiler' });
    for (const answers of [
      [whole, part],
      [part, whole],
    ]) {
      const { train, note } = mergeRounds(answers);
      expect(Object.keys(train.variants)).toEqual(['padded']);
      expect(train.ms).toBe(35);
      expect(note).toContain('no compiler');
    }
  });

  it('have no training where the contender only predicts', () => {
    const answer = answerOf('ONNX Runtime', { train: {}, predict: { GRU: 7 } });
    const { train, predict } = mergeRounds([answer, answer]);
    expect(train).toBeUndefined();
    expect(predict).toMatchObject({ variant: 'GRU', ms: 7, rounds: [7, 7] });
  });

  it('have no share outside the kernels where the contender has no such kernels', () => {
    expect(mergeRounds([answerOf('Keras', { train: { fit: 1 } })]).outsideKernels).toBeUndefined();
  });
});
