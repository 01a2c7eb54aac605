import { readFileSync } from 'node:fs';
import type { GoldenTensor, NamedTensors } from './read-golden.js';

/** One step of Keras' plain descent with rate 1 on a dense layer; made by scripts/golden/weighted_losses.py. */
export interface WeightedLossCase {
  readonly name: string;
  readonly labelCount: number;
  readonly smoothing: number;
  /** [rows] */
  readonly sampleWeights: GoldenTensor | null;
  /** [labels] */
  readonly classWeights: number[] | null;
  /** [rows, features] */
  readonly inputs: GoldenTensor;
  readonly labels: GoldenTensor;
  /** [features, columns] */
  readonly kernel: GoldenTensor;
  readonly bias: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly kernelGradient: GoldenTensor;
  readonly biasGradient: GoldenTensor;
}

/** TensorFlow's loss of several labels; made by scripts/golden/weighted_losses.py. */
export interface SeveralLabelsCase {
  readonly name: string;
  readonly smoothing: number;
  /** [labels] */
  readonly positiveWeights: GoldenTensor | null;
  /** [rows] */
  readonly sampleWeights: GoldenTensor | null;
  /** [rows, labels] */
  readonly logits: GoldenTensor;
  readonly truth: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly gradient: GoldenTensor;
}

/** A model of a text and numbers beside it; made by scripts/golden/joined_features.py. */
export interface JoinedFeaturesGolden {
  readonly labelCount: number;
  /** [rows, time] */
  readonly ids: GoldenTensor;
  readonly lengths: GoldenTensor;
  /** [rows, 3]: two numbers and a category */
  readonly features: GoldenTensor;
  readonly labels: GoldenTensor;
  readonly exampleWeights: GoldenTensor;
  /** Of the two numbers. */
  readonly mean: GoldenTensor;
  readonly deviation: GoldenTensor;
  /** Trained ones, in the order of `model.getWeights()`. */
  readonly weights: NamedTensors;
  readonly predictions: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly gradients: NamedTensors;
}

/** scikit-learn's regressions at their optimum; made by scripts/golden/weighted-bag-of-words.py. */
export interface WeightedBagCase {
  readonly name: string;
  readonly labels: number[];
  readonly inverseRegularization: number;
  readonly classWeights: 'none' | 'balanced' | number[];
  readonly sampleWeights: number[] | null;
  /** `[idCount, columns]` */
  readonly kernel: number[];
  readonly bias: number[];
}

export interface BalancedCase {
  readonly labels: number[];
  readonly sampleWeights: number[] | null;
  /** By label: `compute_class_weight`. */
  readonly weights: number[];
  /** By example, where there are no sample weights: `compute_sample_weight`. */
  readonly ofExamples: number[] | null;
}

export const weightedLosses = (readFile('weighted-losses/weighted-losses') as { cases: WeightedLossCase[] })
  .cases;

export const severalLabels = (readFile('weighted-losses/several-labels') as { cases: SeveralLabelsCase[] })
  .cases;

export const joinedFeatures = [2, 3].map(
  (labels) => readFile(`joined-features/${labels}-labels`) as JoinedFeaturesGolden,
);

export const weightedBags = readFile('bag-of-words/weighted') as {
  cases: WeightedBagCase[];
  balanced: BalancedCase[];
};

function readFile(path: string): unknown {
  const text = readFileSync(new URL(`${path}.json`, import.meta.url), 'utf8');
  return JSON.parse(text, (_key, value) => {
    if (!Array.isArray(value?.values)) return value;
    const { dtype, values } = value as { dtype: string; values: number[] };
    return { ...value, values: dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values) };
  });
}
