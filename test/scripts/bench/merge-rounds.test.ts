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

  it('have no share outside the kernels where the contender has no such kernels', () => {
    expect(mergeRounds([answerOf('Keras', { train: { fit: 1 } })]).outsideKernels).toBeUndefined();
  });
});
