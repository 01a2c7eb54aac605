import { tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { countFeatures } from '../batches/count-features.js';
import { type EncodedSplit, exampleCount, type PackedSplit } from '../batches/encoded-split.js';
import { targetsOfExample } from '../batches/targets.js';
import type { BagOfWordsConfig } from '../config/schema.js';
import type { Random } from '../random/random.js';
import type { ExampleLoss, LossSettings, Task } from '../tasks/task.js';
import { featureValues, inverseDocumentFrequencies, logCountRatios } from './feature-weights.js';
import type { Learner, Snapshot, StepResult } from './learner.js';
import { LogisticSolver } from './logistic-solver.js';
import { shuffledPortions } from './portions.js';

/** An epoch is the last one when the objective exceeds its least possible value by at most this share. */
const relativeGap = 1e-4;

interface Column {
  solver: LogisticSolver;
  /** With `naiveBayes`: what the kernel's rows are multiplied with, for the layer's values are 1. */
  ratios?: Float64Array;
}

export interface BagOfWordsLearnerOptions {
  readonly task: Task & { readonly exampleLoss: ExampleLoss };
  readonly training: EncodedSplit;
  /** Weights of labels that an example has; default: 1. */
  readonly lossSettings?: Pick<LossSettings, 'positiveWeights'>;
  readonly config: BagOfWordsConfig;
  readonly idCount: number;
}

/**
 * Solves a logistic regression for each column of the output, one against the rest, example after example. An example's
 * weight is a factor of its C, as scikit-learn's `sample_weight`; what the features are worth (idf, log-count ratios) counts
 * every example once.
 */
export class BagOfWordsLearner implements Learner {
  readonly lastIsBest = true;
  readonly #options: BagOfWordsLearnerOptions;
  /** Without their counts, which are in the values: two bytes a feature less. */
  readonly #features: PackedSplit;
  readonly #columns: readonly Column[];
  readonly #idf?: Float32Array;

  /** @param model what `buildBagOfWords` made of the same config */
  constructor(
    readonly model: LayersModel,
    options: BagOfWordsLearnerOptions,
  ) {
    const { config, idCount, task } = options;
    const { weighting, inverseRegularization } = config;
    const { counts, ...features } = countFeatures(options.training);
    this.#options = options;
    this.#features = features;
    if (weighting === 'tfIdf') this.#idf = inverseDocumentFrequencies(features, idCount);
    const shared = featureValues(
      { ...features, counts },
      {
        weighting: weighting === 'naiveBayes' ? 'binary' : weighting,
        idf: this.#idf,
      },
    );
    this.#columns = Array.from({ length: task.columns }, (_, column) => {
      const signs = Int8Array.from({ length: exampleCount(features) }, (_, example) =>
        task.exampleLoss.isTrue(column, targetsOfExample(features.targets, example)) ? 1 : -1,
      );
      const isPositive = (example: number) => signs[example] === 1;
      const ratios =
        weighting === 'naiveBayes' ? logCountRatios(features, { idCount, isPositive }) : undefined;
      const values = ratios ? shared.map((value, k) => value * ratios[features.ids[k]]) : shared;
      const weights = columnWeights(signs, {
        weights: features.weights,
        positive: options.lossSettings?.positiveWeights?.[column],
      });
      const solver = new LogisticSolver({ features, values, signs, weights, idCount, inverseRegularization });
      return { solver, ratios };
    });
  }

  portions(random: Random): Int32Array[] {
    return shuffledPortions(exampleCount(this.#features), random);
  }

  learn(examples: Int32Array): StepResult {
    const { task, lossSettings } = this.#options;
    const { targets, weights } = this.#features;
    const columns = this.#columns.length;
    const logits = new Float64Array(examples.length * columns);
    let loss = 0;
    examples.forEach((example, i) => {
      const ofExample = logits.subarray(i * columns, (i + 1) * columns);
      this.#columns.forEach(({ solver }, column) => {
        ofExample[column] = solver.visit(example);
      });
      const weight = weights ? weights[example] : 1;
      const targetsOf = targetsOfExample(targets, example);
      loss += weight * task.exampleLoss.lossOfColumns(ofExample, targetsOf, lossSettings);
    });
    return { loss: loss / examples.length, counts: task.count(logits, { targets, examples }) };
  }

  fillModel(): void {
    const { model } = this;
    const { idCount } = this.#options;
    const columns = this.#columns.length;
    const kernel = new Float32Array(idCount * columns);
    const bias = new Float32Array(columns);
    this.#columns.forEach(({ solver, ratios }, column) => {
      const { weights } = solver;
      for (let id = 0; id < idCount; id++)
        kernel[id * columns + column] = ratios ? weights[id] * ratios[id] : weights[id];
      bias[column] = weights[idCount];
    });
    tidy(() => {
      const idf = this.#idf ? [tensor1d(this.#idf)] : [];
      model.setWeights([tensor(kernel, [idCount, columns]), tensor1d(bias), ...idf]);
    });
  }

  isConverged(): boolean {
    return this.#columns.every(({ solver }) => {
      const { objective, gap } = solver.gap();
      return gap <= relativeGap * objective;
    });
  }

  /** All that the solvers know, bit for bit. */
  snapshot(): Snapshot {
    const slots = this.#arrays().map(([name, array]) => {
      return { name, tensor: tensor1d(new Int32Array(array.buffer), 'int32') };
    });
    return { weights: [], slots };
  }

  async restore({ slots }: Snapshot): Promise<void> {
    this.#arrays().forEach(([, array], place) => {
      new Int32Array(array.buffer).set(slots[place].tensor.dataSync<'int32'>());
    });
  }

  dispose(): void {
    this.model.dispose();
  }

  #arrays(): [name: string, array: Float64Array][] {
    return this.#columns.flatMap(({ solver }, column): [string, Float64Array][] => [
      [`${column}/weights`, solver.weights],
      [`${column}/duals`, solver.duals],
    ]);
  }
}

/** How much each example counts in one column's regression; undefined where all count alike. */
function columnWeights(
  signs: Int8Array,
  { weights, positive = 1 }: { weights?: Float32Array; positive?: number },
): Float64Array | undefined {
  if (!weights && positive === 1) return undefined;
  return Float64Array.from(signs, (sign, example) => {
    return (weights ? weights[example] : 1) * (sign === 1 ? positive : 1);
  });
}
