import { readFileSync } from 'node:fs';
import type { FusedCell } from '../../src/backends/fused-kernels.js';
import { type GoldenTensor, typed } from './read-golden.js';

/** A recurrent layer with zoneout; the loss is the sum of output x cotangent. */
export interface ZoneoutCase {
  readonly cell: FusedCell;
  /** Of the state, and of an LSTM's cell state. */
  readonly rates: number[];
  /** For each state what its units keep [batch, time, units], 0 or 1; none where they keep the rate. */
  readonly kept: GoldenTensor[];
  /** [batch, time] */
  readonly mask: GoldenTensor;
  /** `x`, the weights and the initial states, by name. */
  readonly values: Readonly<Record<string, GoldenTensor>>;
  /** [batch, time, units] */
  readonly output: GoldenTensor;
  readonly cotangent: GoldenTensor;
  readonly gradients: Readonly<Record<string, GoldenTensor>>;
}

/** A step of adversarial training: Embedding(12, 5) -> GRU(4) -> Dense. */
export interface AdversarialCase {
  readonly labelCount: number;
  readonly settings: { readonly epsilon: number; readonly weight: number };
  /** [batch, time] */
  readonly ids: GoldenTensor;
  readonly labels: GoldenTensor;
  /** In the order of `model.getWeights()`, as the gradients. */
  readonly weights: GoldenTensor[];
  /** [batch, time, units] */
  readonly perturbation: GoldenTensor;
  /** Of the batch as it is. */
  readonly loss: GoldenTensor;
  readonly gradients: GoldenTensor[];
}

/** Two answers to the same examples. */
export interface DivergenceCase {
  readonly kind: 'softmax' | 'sigmoid';
  /** Logits [rows, columns]. */
  readonly one: GoldenTensor;
  readonly other: GoldenTensor;
  /** [rows] */
  readonly weights: GoldenTensor | null;
  readonly divergence: GoldenTensor;
  /** By both logits. */
  readonly gradients: GoldenTensor[];
}

interface RegularizationFiles {
  zoneout: ZoneoutCase;
  adversarial: AdversarialCase;
  divergence: DivergenceCase;
}

/** Reads the cases of `test/golden/regularization/<name>.json`, made by scripts/golden/regularization.py. */
export function readRegularization<Name extends keyof RegularizationFiles>(
  name: Name,
): RegularizationFiles[Name][] {
  const text = readFileSync(new URL(`regularization/${name}.json`, import.meta.url), 'utf8');
  const file = JSON.parse(text, (_key, value) => (Array.isArray(value?.values) ? typed(value) : value));
  return file.cases;
}
