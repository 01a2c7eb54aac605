import { readFileSync } from 'node:fs';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { type PaddedBatch, padBatch } from '../../src/batches/pad-batch.js';
import { targetsOf } from '../../src/batches/targets.js';

/** A tensor as the file has it. */
export interface GoldenValues {
  readonly shape: number[];
  readonly values: number[];
}

interface Examples {
  readonly labelCount: number;
  /** The labels of each example. */
  readonly targets: number[][];
}

/** One batch; made by scripts/golden/several-labels.py, as the others are. */
export interface BatchGolden extends Examples {
  /** `[rows, time]`, padded with 0. */
  readonly ids: GoldenValues;
  readonly lengths: GoldenValues;
  readonly weights: GoldenValues[];
  readonly probabilities: GoldenValues;
  readonly loss: GoldenValues;
  readonly gradients: GoldenValues[];
}

/** Steps of one example each. */
export interface AveragedGolden extends Omit<BatchGolden, 'loss' | 'gradients'> {
  readonly learningRate: number;
  readonly losses: GoldenValues;
  readonly finalWeights: GoldenValues[];
}

/** Regressions of one label each, at their optimum. */
export interface BagsGolden extends Examples {
  readonly idCount: number;
  readonly inverseRegularization: number;
  /** The ids of each example, with repetitions. */
  readonly ids: number[][];
  readonly cases: readonly {
    readonly weighting: 'counts' | 'tfIdf';
    readonly kernel: GoldenValues;
    readonly bias: GoldenValues;
    readonly probabilities: GoldenValues;
  }[];
}

interface Files {
  readonly recurrent: BatchGolden;
  readonly conv1d: BatchGolden;
  readonly 'averaged-embedding': AveragedGolden;
  readonly 'bag-of-words': BagsGolden;
}

export function readSeveralLabels<Name extends keyof Files>(name: Name): Files[Name] {
  return JSON.parse(readFileSync(new URL(`several-labels/${name}.json`, import.meta.url), 'utf8'));
}

/** Names of the labels: `a`, `b`, ... */
export const labelNames = (labelCount: number) =>
  Array.from({ length: labelCount }, (_, label) => String.fromCharCode(97 + label));

/** Examples as lists of ids. */
export function encodedOf(ids: readonly (readonly number[])[], targets: readonly number[][]): EncodedSplit {
  const offsets = new Int32Array(ids.length + 1);
  ids.forEach((ofExample, example) => {
    offsets[example + 1] = offsets[example] + ofExample.length;
  });
  return { ids: Int32Array.from(ids.flat()), offsets, targets: targetsOf(targets) };
}

/** The examples of padded ids. */
export function encodedBatch({ ids, lengths, targets }: Pick<BatchGolden, 'ids' | 'lengths' | 'targets'>) {
  const time = ids.shape[1];
  const rows = lengths.values.map((length, row) => ids.values.slice(row * time, row * time + length));
  const encoded = encodedOf(rows, targets);
  const examples = Int32Array.from(rows, (_, row) => row);
  const batch: PaddedBatch = padBatch(encoded, examples);
  return { encoded, examples, batch };
}
