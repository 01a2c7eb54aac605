import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { allContenders, contenderKeys } from '../../../scripts/bench/contenders.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { rivalsWith } from '../../../scripts/bench/pythons.mjs';
import { findNativeKernels } from '../../../src/backends/wasm/native-kernels.js';
import { fastestVectorBits } from '../../../src/backends/wasm/vector-bits.js';

const gru = { cell: 'gru', units: 128, bidirectional: false, resetAfter: true };
const task = { input: 'batches.json', threads: 2, steps: 100, warmup: 20, layers: [gru, gru] };
const keysOf = (contenders: { key: string }[]) => contenders.map(({ key }) => key);

describe('the contenders', () => {
  // What this machine has beside WebAssembly: native kernels where they are built, AVX2 apart where that is not the best.
  const found = findNativeKernels();
  const sets = 'addon' in found ? found.addon.sets : [];
  const compiled = (threads: number) => [
    ...sets.slice(0, 1).flatMap(() => (threads === 1 ? ['compiled'] : ['compiled', 'compiled-1'])),
    ...sets.slice(1).map((set) => `compiled-${set}`),
  ];
  const others = keysOf(allContenders(task, {})).includes('relaxed-128') ? ['relaxed-128'] : [];

  it('are all of them where Python has the rivals, and the forms that this machine has', () => {
    const contenders = allContenders(task, { keras: 'python3', torch: 'python3', onnx: 'python3' });
    const here = [...compiled(2), ...others];
    const everywhere = contenderKeys.filter((key: string) => !/^(compiled|relaxed-128)/.test(key));
    expect(keysOf(contenders).sort()).toEqual([...here, ...everywhere].sort());
    expect(keysOf(contenders).every((key) => contenderKeys.includes(key))).toBe(true);
    expect(others.length).toBe(fastestVectorBits() === 256 ? 1 : 0);
  });

  it('are measured once, not twice, where one thread is all there is', () => {
    const contenders = allContenders({ ...task, threads: 1 }, {});
    expect(keysOf(contenders)).toEqual([...compiled(1), 'relaxed', 'simd', ...others, 'stock']);
  });

  it.each([
    ['LSTM', { cell: 'lstm', units: 128, bidirectional: false }],
    ['both directions', { ...gru, bidirectional: 'concat' }],
  ])('leave stock TF.js out where it would take minutes a step: %s', (_, layer) => {
    const contenders = allContenders({ ...task, layers: [gru, layer] }, {});
    expect(keysOf(contenders)).toEqual([...compiled(2), 'relaxed', 'relaxed-1', 'simd', 'simd-1', ...others]);
  });

  it('get the same batches, steps and warm-up', () => {
    const fast = allContenders(task, { keras: 'python3', torch: 'python3', onnx: 'python3' }).filter(
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
    expect(rivalsWith(['onnxruntime', 'numpy', 'torch'])).toEqual(['torch']);
    expect(rivalsWith(['onnx', 'onnxruntime', 'numpy'])).toEqual(['onnx']);
    expect(rivalsWith(['numpy'])).toEqual([]);
  });
});
