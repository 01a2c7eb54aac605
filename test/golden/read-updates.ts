import { readFileSync } from 'node:fs';
import type { OptimizerName } from '../../src/optimizers/optimizer-table.js';
import type { GoldenTensor, NamedTensors } from './read-golden.js';

export type { NamedTensors };

/** Weights of different kinds by name, and what Keras makes of them; made by scripts/golden/optimizers.py. */
export interface UpdatesGolden {
  readonly initial: NamedTensors;
  /** Of each step. */
  readonly gradients: readonly NamedTensors[];
  readonly optimizers: readonly {
    readonly name: OptimizerName;
    readonly options: Readonly<Record<string, unknown>>;
    /** The weights after the first step, and after the last. */
    readonly first: NamedTensors;
    readonly last: NamedTensors;
  }[];
  /** Of the first step's gradients. */
  readonly clipping: readonly {
    readonly clip: { readonly norm: number } | { readonly value: number };
    readonly norm: GoldenTensor;
    readonly clipped: NamedTensors;
  }[];
  /** Beside plain steps of this rate: the averages after each. */
  readonly averages: {
    readonly learningRate: number;
    readonly decay: number;
    readonly exponential: readonly NamedTensors[];
    readonly corrected: readonly NamedTensors[];
    readonly means: readonly NamedTensors[];
  };
  readonly maxNorm: {
    readonly limit: number;
    readonly kernel: GoldenTensor;
    readonly convolution: GoldenTensor;
    readonly limitedConvolution: GoldenTensor;
  };
  readonly l2: { readonly factor: number; readonly kernelGradient: GoldenTensor };
}

export function readUpdates(): UpdatesGolden {
  const text = readFileSync(new URL('optimizers/updates.json', import.meta.url), 'utf8');
  return JSON.parse(text, (_key, value) =>
    value?.dtype === 'float32' ? { ...value, values: Float32Array.from(value.values) } : value,
  ) as UpdatesGolden;
}
