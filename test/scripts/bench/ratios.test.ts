import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { mergeRounds } from '../../../scripts/bench/merge-rounds.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { ratios } from '../../../scripts/bench/ratios.mjs';
import { answerOf } from './answer-of.js';

interface Ratio {
  name: string;
  value?: number;
  range?: [number, number];
  verdict: string;
  detail: string;
}
type Times = Parameters<typeof answerOf>[1];

const ours = (train: number, predict: number, facts: Parameters<typeof answerOf>[2] = {}) =>
  mergeRounds([answerOf('imdb-rnn', { train: { step: train }, predict: { batch: predict } }, facts)]);
const rival = (name: string, times: Times) => mergeRounds([answerOf(name, times)]);
const keras = rival('Keras', {
  train: { 'model.fit': 70, 'tf.function': 65 },
  predict: { 'tf.function': 20 },
});
const torch = rival('PyTorch', {
  train: { 'nn.GRU padded': 60, 'nn.GRU padded, fused Adam': 50, 'nn.GRU packed': 80 },
  predict: { 'nn.GRU padded': 10 },
});
const results = {
  relaxed: ours(32, 8, { outsideKernels: 0.1 }),
  'relaxed-1': ours(56, 15, { threads: 1 }),
  simd: ours(41, 9, { outsideKernels: 0.2 }),
  'simd-1': ours(65, 18, { threads: 1 }),
  keras,
  torch,
};
const targets = { train: 0.25, predict: 0.4, onnx: 0.4 };
const named = (list: Ratio[], name: string) => list.find((ratio) => ratio.name === name)!;

describe('the figures that decide', () => {
  const all: Ratio[] = ratios(results);

  it('compare with the fastest variant of the faster rival', () => {
    const ratio = named(all, 'train: relaxed SIMD / faster rival');
    expect(ratio.value).toBeCloseTo(32 / 50, 12);
    expect(ratio).toMatchObject({ verdict: 'not met', target: 0.6, bound: 'at most' });
    expect(ratio.detail).toContain('PyTorch (nn.GRU padded, fused Adam)');
  });

  it('compare predictions with ONNX Runtime by itself, which never is the faster rival', () => {
    const onnx = rival('ONNX Runtime', { train: {}, predict: { GRU: 5 } });
    const list: Ratio[] = ratios({ ...results, compiled: ours(12, 2), onnx }, { targets });
    const ratio = named(list, 'predict: native kernels / ONNX Runtime');
    expect(ratio).toMatchObject({ value: 0.4, target: 0.4, verdict: 'met' });
    expect(ratio.detail).toContain('ONNX Runtime (GRU)');
    expect(named(list, 'predict: relaxed SIMD / ONNX Runtime')).toMatchObject({ value: 1.6, target: 1 });
    expect(named(list, 'predict: native kernels / faster rival').value).toBeCloseTo(2 / 10, 12);
    expect(named(list, 'train: native kernels / faster rival').value).toBeCloseTo(12 / 50, 12);
  });

  it('expect to be as fast as ONNX Runtime where a model has no target, and tell when it was not measured', () => {
    const ratio = named(ratios({ compiled: ours(12, 2), keras }), 'predict: native kernels / ONNX Runtime');
    expect(ratio).toMatchObject({ target: 1, verdict: 'not measured', detail: 'ONNX Runtime not measured' });
  });

  it("leave out PyTorch's fused Adam where its default is asked for", () => {
    const ratio = named(all, 'train: relaxed SIMD / faster rival, default Adam');
    expect(ratio.value).toBeCloseTo(32 / 60, 12);
    expect(ratio.verdict).toBe('met');
  });

  it('leave out variants whose answers depend on padding where masking is asked for', () => {
    const times = { train: { packed: 90, padded: 45 }, predict: { packed: 20, padded: 9 } };
    const reading = mergeRounds([
      answerOf('PyTorch', times, { paddingChanges: { packed: 1e-6, padded: 0.02 } }),
    ]);
    const list: Ratio[] = ratios({ relaxed: results.relaxed, torch: reading });
    expect(named(list, 'train: relaxed SIMD / faster rival').value).toBeCloseTo(32 / 45, 12);
    const masked = named(list, 'train: relaxed SIMD / faster rival, padding masked');
    expect(masked.value).toBeCloseTo(32 / 90, 12);
    expect(masked).toMatchObject({ ours: 32, rival: { name: 'PyTorch', variant: 'packed', ms: 90 } });
    expect(named(list, 'predict: relaxed SIMD / faster rival, padding masked').value).toBeCloseTo(8 / 20, 12);
  });

  it('hold plain SIMD and predictions against targets of their own', () => {
    expect(named(all, 'train: plain SIMD / faster rival')).toMatchObject({
      value: 41 / 50,
      verdict: 'not met',
    });
    expect(named(all, 'predict: relaxed SIMD / faster rival')).toMatchObject({ value: 0.8, verdict: 'met' });
    expect(named(all, 'predict: plain SIMD / faster rival')).toMatchObject({
      value: 0.9,
      verdict: 'not met',
    });
  });

  it('tell how much all threads gain over one', () => {
    expect(named(all, 'train: relaxed SIMD, 2 threads against 1')).toMatchObject({
      value: 1.75,
      verdict: 'met',
    });
    const plain = named(all, 'train: plain SIMD, 2 threads against 1');
    expect(plain.value).toBeCloseTo(1.585, 3);
    expect(plain.verdict).toBe('not met');
  });

  it('hold the share outside the kernels against a tenth, exactly a tenth being well', () => {
    expect(named(all, 'train: relaxed SIMD, share outside our kernels').verdict).toBe('met');
    expect(named(all, 'train: plain SIMD, share outside our kernels').verdict).toBe('not met');
  });

  it('say which rival is missing, and compare with the other', () => {
    const ratio = named(ratios({ relaxed: results.relaxed, keras }), 'train: relaxed SIMD / faster rival');
    expect(ratio.value).toBeCloseTo(32 / 65, 12);
    expect(ratio.detail).toContain('PyTorch not measured');
  });

  it('pass no verdict on what was not measured', () => {
    const empty: Ratio[] = ratios({});
    expect(empty.map(({ name }) => name)).toHaveLength(all.length);
    expect(new Set(empty.map(({ verdict }) => verdict))).toEqual(new Set(['not measured']));
    expect(empty.every(({ value }) => value === undefined)).toBe(true);
  });

  it('hold our fastest training step against the peak of as many threads', () => {
    const peak = { instructions: 'AVX2', threads: 2, one: 50, all: 100 };
    const about = { gflop: 2, peak };
    const share = (measured: object) =>
      named(ratios(measured, about), 'train: our fastest, share of the peak');
    const of = share({ ...results, 'compiled-avx2': ours(25, 3) });
    expect(of).toMatchObject({ value: 0.8, range: [0.8, 0.8], target: 0.65, verdict: 'met' });
    expect(of.detail).toBe('80.0 of 100.0 GFLOP/s with 2 threads (compiled-avx2)');
    expect(share({ 'relaxed-1': results['relaxed-1'] }).value).toBeCloseTo(2000 / 56 / 50, 12);
    expect(share({ keras, torch })).toMatchObject({ verdict: 'not measured', detail: 'ours not measured' });
  });

  it('know no share of a peak that was not measured', () => {
    const list: Ratio[] = ratios(results, { gflop: 2, peak: { missing: 'no compiler' } });
    const share = named(list, 'train: our fastest, share of the peak');
    expect(share).toMatchObject({ verdict: 'not measured', detail: 'peak not measured' });
  });

  it('show how far the rounds differ, each compared with its own', () => {
    const rounds = (name: string, times: number[]) =>
      mergeRounds(times.map((ms) => answerOf(name, { train: { step: ms } })));
    const drifting = { relaxed: rounds('ours', [10, 20, 30]), keras: rounds('Keras', [20, 50, 50]) };
    const ratio = named(ratios(drifting), 'train: relaxed SIMD / faster rival');
    expect(ratio).toMatchObject({ value: 0.4, range: [0.4, 0.6] });
  });
});
