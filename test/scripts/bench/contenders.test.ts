import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { allContenders, contenderKeys } from '../../../scripts/bench/contenders.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { rivalsWith } from '../../../scripts/bench/pythons.mjs';

const work = { input: 'batches.json', threads: 2, steps: 100, warmup: 20 };
const keysOf = (contenders: { key: string }[]) => contenders.map(({ key }) => key);

describe('the contenders', () => {
  it('are all of them where Python has the rivals', () => {
    const contenders = allContenders(work, { keras: 'python3', torch: 'python3' });
    expect(keysOf(contenders)).toEqual(contenderKeys);
  });

  it('are measured once, not twice, where one thread is all there is', () => {
    const contenders = allContenders({ ...work, threads: 1 }, {});
    expect(keysOf(contenders)).toEqual(['relaxed', 'simd', 'stock']);
  });

  it('get the same batches, steps and warm-up', () => {
    const fast = allContenders(work, { keras: 'python3', torch: 'python3' }).filter(
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
