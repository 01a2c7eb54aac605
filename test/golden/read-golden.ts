import { readdirSync, readFileSync } from 'node:fs';

/** One array of a golden file, flat in row-major order. */
export interface GoldenTensor {
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32';
  readonly values: Float32Array | Int32Array;
}

/** One use of a recurrent layer with all of Keras' answers; README.md tells how `loss` is made. */
export interface RecurrentCase {
  readonly name: string;
  readonly returnSequences: boolean;
  readonly goBackwards: boolean;
  readonly mergeMode?: 'concat' | 'sum' | 'ave' | 'mul';
  readonly maskKind: 'none' | 'right' | 'holes';
  /** Tokens per row where the mask is plain right padding, else null. */
  readonly lengths: number[] | null;
  /** [batch, time] of 0 and 1. */
  readonly mask: GoldenTensor | null;
  /** None, or one per state (an LSTM's: hidden state, cell state; a Bidirectional's: forward first), [batch, units] each. */
  readonly initialStates: GoldenTensor[];
  readonly output: GoldenTensor;
  readonly finalStates: GoldenTensor[];
  readonly outputCotangent: GoldenTensor;
  /** None where the loss is made of the output alone. */
  readonly finalStateCotangents: GoldenTensor[];
  readonly loss: GoldenTensor;
  readonly gradients: {
    readonly input: GoldenTensor;
    readonly weights: Readonly<Record<string, GoldenTensor>>;
    readonly initialStates: GoldenTensor[];
  };
}

export interface RecurrentGolden {
  readonly layer: {
    readonly className: 'GRU' | 'LSTM' | 'SimpleRNN';
    readonly units: number;
    readonly activation: 'tanh' | 'relu';
    readonly recurrentActivation?: 'sigmoid';
    readonly resetAfter?: boolean;
    readonly bidirectional: boolean;
  };
  /** [batch, time, features]. */
  readonly input: GoldenTensor;
  /** In the order of Keras' and TF.js' `getWeights()`. */
  readonly weights: Readonly<Record<string, GoldenTensor>>;
  readonly cases: RecurrentCase[];
}

/** Weights of a whole model by name, in the order of `model.getWeights()`. */
export type NamedTensors = Readonly<Record<string, GoldenTensor>>;

export interface ModelStep {
  /** [rows, time], right-padded with 0. */
  readonly ids: GoldenTensor;
  readonly lengths: GoldenTensor;
  readonly labels: GoldenTensor;
  /** What the untrained model answers: [rows, 1] or [rows, labels]. */
  readonly initialPredictions: GoldenTensor;
  /** Mean loss before this step's update. */
  readonly loss: GoldenTensor;
  readonly gradients: NamedTensors;
  /** After this step's update. */
  readonly weights: NamedTensors;
}

export interface ModelGolden {
  readonly model: {
    readonly vocabularySize: number;
    readonly embeddingUnits: number;
    readonly gruUnits: number[];
    readonly resetAfter: boolean;
    readonly labelCount: number;
  };
  readonly optimizer: {
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
  };
  readonly initialWeights: NamedTensors;
  readonly steps: ModelStep[];
  /** For each step's ids, after the last step. */
  readonly finalPredictions: GoldenTensor[];
}

export interface LossGolden {
  readonly cases: {
    readonly name: 'from logits' | 'from probabilities';
    readonly predictions: GoldenTensor;
    readonly labels: GoldenTensor;
    /** [rows]. */
    readonly losses: GoldenTensor;
    readonly lossCotangent: GoldenTensor;
    /** Of the sum of losses x lossCotangent by the predictions. */
    readonly gradient: GoldenTensor;
    readonly meanLoss: GoldenTensor;
    readonly meanGradient: GoldenTensor;
  }[];
}

/** One use of a layer without states; the loss is the sum of output x cotangent. */
export interface LayerCase<Options> {
  readonly name: string;
  readonly options: Options;
  readonly input: GoldenTensor;
  /** In the order of `layer.getWeights()`. */
  readonly weights: NamedTensors;
  readonly output: GoldenTensor;
  readonly cotangent: GoldenTensor;
  readonly gradients: { readonly input: GoldenTensor; readonly weights: NamedTensors };
}

/** Vectors of tokens and of runs of tokens; the loss is the sum of vectors x outer. */
export interface NgramEmbeddingGolden {
  readonly words: number;
  readonly ngrams: number;
  readonly ids: GoldenTensor;
  /** The known runs, as `KnownRuns` takes them. */
  readonly pairs: GoldenTensor;
  /** For each length of run, from 2 on, its row of `runs` by place. */
  readonly rows: readonly GoldenTensor[];
  /** The ids that come, ascending; `table` and `tableGradient` have a row for each. */
  readonly used: GoldenTensor;
  readonly table: GoldenTensor;
  readonly runs: GoldenTensor;
  readonly outer: GoldenTensor;
  readonly vectors: GoldenTensor;
  readonly tableGradient: GoldenTensor;
  readonly runsGradient: GoldenTensor;
}

/** By file name. */
export interface LayerGoldens {
  'ngram-embedding': NgramEmbeddingGolden;
  'layer-normalization': {
    readonly cases: LayerCase<{ scale: boolean; center: boolean; epsilon: number }>[];
  };
  conv1d: {
    readonly cases: LayerCase<{
      filters: number;
      kernelSize: number;
      padding: 'valid' | 'same' | 'causal';
      activation: 'relu' | 'linear' | 'tanh';
      useBias: boolean;
    }>[];
  };
}

/** Reads `test/golden/layers/<name>.json`. */
export function readLayerGolden<Name extends keyof LayerGoldens>(name: Name): LayerGoldens[Name] {
  return readFile(`layers/${name}`) as LayerGoldens[Name];
}

interface GoldenFiles {
  recurrent: RecurrentGolden;
  model: ModelGolden;
  losses: LossGolden;
}

/** Names of all files of a folder, such as `gru-reset-after-5`. */
export function goldenNames(folder: keyof GoldenFiles): string[] {
  return readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Reads `test/golden/<folder>/<name>.json`; values become Float32Array or Int32Array. */
export function readGolden<Folder extends keyof GoldenFiles>(
  folder: Folder,
  name: string,
): GoldenFiles[Folder] {
  return readFile(`${folder}/${name}`) as GoldenFiles[Folder];
}

function readFile(path: string): unknown {
  const text = readFileSync(new URL(`${path}.json`, import.meta.url), 'utf8');
  return JSON.parse(text, (_key, value) => (Array.isArray(value?.values) ? typed(value) : value));
}

/** A tensor of a golden file with its values in a typed array. */
export function typed(tensor: {
  shape: number[];
  dtype: GoldenTensor['dtype'];
  values: number[];
}): GoldenTensor {
  const values = tensor.dtype === 'int32' ? Int32Array.from(tensor.values) : Float32Array.from(tensor.values);
  const size = tensor.shape.reduce((product, dimension) => product * dimension, 1);
  if (size !== values.length)
    throw new Error(`golden tensor of shape [${tensor.shape}] has ${values.length} values`);
  return { ...tensor, values };
}
