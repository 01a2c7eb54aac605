import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { rateAt } from '../optimizers/learning-rate.js';
import { optimizerTable } from '../optimizers/optimizer-table.js';
import { logisticLoss } from './logistic-solver.js';
import { addToRows, type IdRange, sumRows } from './table-rows.js';
import type { ExampleLearner } from './train-by-example.js';

const { schedule } = optimizerTable.fastText;

/**
 * fastText's training (Joulin et al. 2016): stochastic gradient descent on one example after another, with a rate that
 * falls evenly to 0 over the whole training. Only the vectors of an example's features move. One thread: fastText's own
 * threads write into each other's weights, and no two of its trainings are the same.
 *
 * One column is a sigmoid, several a softmax; the gradient by the logits is, in both, label - probability.
 */
export class AveragedEmbeddingLearner implements ExampleLearner {
  /** `[idCount, units]` */
  readonly #vectors: Float32Array;
  /** `[units, columns]` */
  readonly #kernel: Float32Array;
  readonly #bias: Float32Array;
  readonly #units: number;

  /** @param options.model what `buildAveragedEmbedding` made; training goes on from its weights */
  constructor(
    private readonly training: EncodedSplit,
    private readonly options: { model: LayersModel; learningRate: number; totalExamples: number },
  ) {
    const [vectors, kernel, bias] = options.model.getWeights();
    this.#vectors = vectors.dataSync<'float32'>().slice();
    this.#kernel = kernel.dataSync<'float32'>().slice();
    this.#bias = bias.dataSync<'float32'>().slice();
    this.#units = kernel.shape[0]!;
  }

  learn(examples: Int32Array, before: number): { loss: number; correct: number } {
    const { learningRate, totalExamples } = this.options;
    const { labels } = this.training;
    const columns = this.#bias.length;
    const mean = new Float64Array(this.#units);
    const errors = new Float64Array(columns);
    let loss = 0;
    let correct = 0;
    examples.forEach((example, i) => {
      this.#average(example, mean);
      const label = labels[example];
      this.#logits(mean, errors);
      if (bestLabel(errors) === label) correct++;
      loss += lossAndErrors(errors, label);
      this.#update(example, {
        mean,
        errors,
        rate: rateAt(schedule, { step: before + i, totalSteps: totalExamples, base: learningRate }),
      });
    });
    return { loss: loss / examples.length, correct };
  }

  fillModel(): void {
    const { model } = this.options;
    const shapes = model.getWeights().map(({ shape }) => shape);
    // Copies: TF.js may keep the very array.
    const arrays = [this.#vectors, this.#kernel, this.#bias].map((array) => array.slice());
    tidy(() => model.setWeights(arrays.map((array, place) => tensor(array, shapes[place]))));
  }

  /** Where the ids of an example's features are, and how much of a sum over them its mean is. */
  #featuresOf(example: number): IdRange & { scale: number } {
    const { ids, offsets } = this.training;
    const start = offsets[example];
    const end = offsets[example + 1];
    return { ids, start, end, scale: 1 / Math.max(1, end - start) };
  }

  /** Mean of the vectors of an example's features; 0 for an example without any. */
  #average(example: number, mean: Float64Array): void {
    const features = this.#featuresOf(example);
    sumRows(this.#vectors, features, mean);
    for (let unit = 0; unit < mean.length; unit++) mean[unit] *= features.scale;
  }

  #logits(mean: Float64Array, logits: Float64Array): void {
    const kernel = this.#kernel;
    const columns = logits.length;
    for (let column = 0; column < columns; column++) {
      let sum = this.#bias[column];
      for (let unit = 0; unit < mean.length; unit++) sum += mean[unit] * kernel[unit * columns + column];
      logits[column] = sum;
    }
  }

  /** One step against the gradient: errors x kernel for the mean, and its share for each feature; mean x errors for the kernel. */
  #update(example: number, step: { mean: Float64Array; errors: Float64Array; rate: number }): void {
    const { mean, errors, rate } = step;
    const kernel = this.#kernel;
    const units = mean.length;
    const columns = errors.length;
    const features = this.#featuresOf(example);
    const share = rate * features.scale;
    const moves = new Float64Array(units);
    for (let unit = 0; unit < units; unit++) {
      for (let column = 0; column < columns; column++) {
        const place = unit * columns + column;
        moves[unit] += share * errors[column] * kernel[place];
        kernel[place] += rate * errors[column] * mean[unit];
      }
    }
    for (let column = 0; column < columns; column++) this.#bias[column] += rate * errors[column];
    addToRows(this.#vectors, features, moves);
  }
}

function bestLabel(logits: Float64Array): number {
  if (logits.length === 1) return logits[0] > 0 ? 1 : 0;
  return logits.indexOf(Math.max(...logits));
}

/** Cross-entropy of the label; puts label - probability in the place of each logit. */
function lossAndErrors(logits: Float64Array, label: number): number {
  if (logits.length === 1) {
    const margin = label === 1 ? logits[0] : -logits[0];
    logits[0] = label - 1 / (1 + Math.exp(-logits[0]));
    return logisticLoss(margin);
  }
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  const loss = Math.log(sum) - (logits[label] - highest);
  logits.forEach((logit, column) => {
    logits[column] = Number(column === label) - Math.exp(logit - highest) / sum;
  });
  return loss;
}
