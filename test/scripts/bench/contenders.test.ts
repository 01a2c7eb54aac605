import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { allContenders, contenderKeys } from '../../../scripts/bench/contenders.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { rivalsWith } from '../../../scripts/bench/pythons.mjs';
import { fastestVectorBits } from '../../../src/backends/wasm/vector-bits.js';

const gru = { cell: 'gru', units: 128, bidirectional: false, resetAfter: true };
const task = { input: 'batches.json', threads: 2, steps: 100, warmup: 20, layers: [gru, gru] };
const keysOf = (contenders: { key: string }[]) => contenders.map(({ key }) => key);

describe('the contenders', () => {
  const others = keysOf(allContenders(task, {})).includes('relaxed-128') ? ['relaxed-128'] : [];

  it('are all of them where Python has the rivals, and the 128-bit form where it is not the usual one', () => {
    const contenders = allContenders(task, { keras: 'python3', torch: 'python3' });
    const expected = contenderKeys.filter((key: string) => key !== 'relaxed-128' || others.length > 0);
    expect(keysOf(contenders)).toEqual(expected);
    expect(others.length).toBe(fastestVectorBits() === 256 ? 1 : 0);
  });

  it('are measured once, not twice, where one thread is all there is', () => {
    const contenders = allContenders({ ...task, threads: 1 }, {});
    expect(keysOf(contenders)).toEqual(['relaxed', 'simd', ...others, 'stock']);
  });

  it.each([
    ['LSTM', { cell: 'lstm', units: 128, bidirectional: false }],
    ['both directions', { ...gru, bidirectional: 'concat' }],
  ])('leave stock TF.js out where it would take minutes a step: %s', (_, layer) => {
    const contenders = allContenders({ ...task, layers: [gru, layer] }, {});
    expect(keysOf(contenders)).toEqual(['relaxed', 'relaxed-1', 'simd', 'simd-1', ...others]);
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
