import { type Tensor, tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { FeatureCounts } from '../batches/count-features.js';
import type { BagOfWordsConfig } from '../config/schema.js';
import { outputColumns } from '../model/predict-probabilities.js';
import type { NamedTensor } from '../runs/checkpoint-files.js';
import { featureValues, inverseDocumentFrequencies, logCountRatios } from './feature-weights.js';
import { LogisticSolver } from './logistic-solver.js';
import type { ExampleLearner } from './train-by-example.js';

/** An epoch is the last one when the objective exceeds its least possible value by at most this share. */
const relativeGap = 1e-4;

interface Column {
  solver: LogisticSolver;
  signs: Int8Array;
  /** With `naiveBayes`: what the kernel's rows are multiplied with, for the layer's values are 1. */
  ratios?: Float64Array;
}

/** One logistic regression for two labels; for more of them one for each label against the rest. */
export class BagOfWordsLearner implements ExampleLearner {
  readonly #columns: readonly Column[];
  readonly #idf?: Float32Array;

  /** @param options.model what `buildBagOfWords` made of the same config */
  constructor(
    private readonly features: FeatureCounts,
    private readonly options: { config: BagOfWordsConfig; model: LayersModel; idCount: number },
  ) {
    const { config, model, idCount } = options;
    const { weighting, inverseRegularization } = config;
    const columns = outputColumns(model);
    if (weighting === 'tfIdf') this.#idf = inverseDocumentFrequencies(features, idCount);
    const shared = featureValues(features, {
      weighting: weighting === 'naiveBayes' ? 'binary' : weighting,
      idf: this.#idf,
    });
    this.#columns = Array.from({ length: columns }, (_, column) => {
      const label = columns === 1 ? 1 : column;
      const signs = Int8Array.from(features.labels, (each) => (each === label ? 1 : -1));
      const isPositive = (example: number) => signs[example] === 1;
      const ratios =
        weighting === 'naiveBayes' ? logCountRatios(features, { idCount, isPositive }) : undefined;
      const values = ratios ? shared.map((value, k) => value * ratios[features.ids[k]]) : shared;
      const solver = new LogisticSolver({ features, values, signs, idCount, inverseRegularization });
      return { solver, signs, ratios };
    });
  }

  learn(examples: Int32Array): { loss: number; correct: number } {
    const logits = new Float64Array(this.#columns.length);
    let loss = 0;
    let correct = 0;
    for (const example of examples) {
      for (let column = 0; column < logits.length; column++) {
        logits[column] = this.#columns[column].solver.visit(example);
      }
      const label = this.features.labels[example];
      loss -= Math.log(probabilityOf(label, logits));
      if (labelOf(logits) === label) correct++;
    }
    return { loss: loss / examples.length, correct };
  }

  fillModel(): void {
    const { model, idCount } = this.options;
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

  /** All that the solvers know, bit for bit; the caller disposes the tensors. */
  slots(): NamedTensor[] {
    return this.#arrays().map(([name, array]) => {
      return { name, tensor: tensor1d(new Int32Array(array.buffer), 'int32') };
    });
  }

  /** Takes back what `slots` gave. */
  setSlots(slots: readonly { name: string; tensor: Tensor }[]): void {
    this.#arrays().forEach(([, array], place) => {
      new Int32Array(array.buffer).set(slots[place].tensor.dataSync<'int32'>());
    });
  }

  #arrays(): [name: string, array: Float64Array][] {
    return this.#columns.flatMap(({ solver }, column): [string, Float64Array][] => [
      [`${column}/weights`, solver.weights],
      [`${column}/duals`, solver.duals],
    ]);
  }
}

/** Of the true label, as the layer computes it. */
function probabilityOf(label: number, logits: Float64Array): number {
  const scores = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  if (scores.length === 1) return 1 / (1 + Math.exp(label === 1 ? -logits[0] : logits[0]));
  return scores[label] / scores.reduce((sum, score) => sum + score, 0);
}

function labelOf(logits: Float64Array): number {
  if (logits.length === 1) return logits[0] > 0 ? 1 : 0;
  return logits.indexOf(Math.max(...logits));
}
