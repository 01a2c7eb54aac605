import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { allContenders, contenderKeys } from '../../../scripts/bench/contenders.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { rivalsWith } from '../../../scripts/bench/pythons.mjs';

const gru = { cell: 'gru', units: 128, bidirectional: false, resetAfter: true };
const task = { input: 'batches.json', threads: 2, steps: 100, warmup: 20, layers: [gru, gru] };
const keysOf = (contenders: { key: string }[]) => contenders.map(({ key }) => key);

describe('the contenders', () => {
  it('are all of them where Python has the rivals', () => {
    const contenders = allContenders(task, { keras: 'python3', torch: 'python3' });
    expect(keysOf(contenders)).toEqual(contenderKeys);
  });

  it('are measured once, not twice, where one thread is all there is', () => {
    const contenders = allContenders({ ...task, threads: 1 }, {});
    expect(keysOf(contenders)).toEqual(['relaxed', 'simd', 'stock']);
  });

  it.each([
    ['LSTM', { cell: 'lstm', units: 128, bidirectional: false }],
    ['both directions', { ...gru, bidirectional: 'concat' }],
  ])('leave stock TF.js out where it would take minutes a step: %s', (_, layer) => {
    const contenders = allContenders({ ...task, layers: [gru, layer] }, {});
    expect(keysOf(contenders)).toEqual(['relaxed', 'relaxed-1', 'simd', 'simd-1']);
  });

  it('get the same batches, steps and warm-up', () => {
    const fast = allContenders(task, { keras: 'python3', torch: 'python3' }).filter(
      ({ key }: { key: string }) => key !== 'stock',
    );
    for (const { parameters } of fast) {
      expect(parameters).toContain('batches.json');
      expect(parameters.join(' ')).toContain('--steps 100 --warmup 20');
    }
  });
});

describe('a Python', () => {
  it('runs those rivals of which it has every module', () => {
    expect(rivalsWith(['keras', 'tensorflow', 'numpy'])).toEqual(['keras']);
    expect(rivalsWith(['torch', 'numpy'])).toEqual(['torch']);
    expect(rivalsWith(['keras', 'torch', 'numpy'])).toEqual(['torch']);
    expect(rivalsWith(['numpy'])).toEqual([]);
  });
});
