import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type EncodedSplit, exampleCount, exampleEnd, exampleStart } from '../batches/encoded-split.js';
import { type FeatureScaling, scaledFeatures } from '../batches/feature-scaling.js';
import { targetsOfExample } from '../batches/targets.js';
import { rateAt } from '../optimizers/learning-rate.js';
import { optimizerTable } from '../optimizers/optimizer-table.js';
import type { Random } from '../random/random.js';
import type { ExampleLoss, LossSettings, Task } from '../tasks/task.js';
import type { Learner, Snapshot, StepPlace, StepResult } from './learner.js';
import { modelWeights, setModelWeights } from './model-weights.js';
import { shuffledPortions } from './portions.js';
import { addToRows, type IdRange, sumRows } from './table-rows.js';

export interface AveragedEmbeddingLearnerOptions {
  readonly task: Task & { readonly exampleLoss: ExampleLoss };
  readonly training: EncodedSplit;
  /** How targets count; default: as they are. */
  readonly lossSettings?: LossSettings;
  /** With which the model was built, where there are numbers beside the texts. */
  readonly beside?: FeatureScaling;
  /** At the beginning. */
  readonly learningRate: number;
  readonly epochs: number;
}

const { schedule } = optimizerTable.fastText;

/**
 * fastText's training (Joulin et al. 2016): stochastic gradient descent on one example after another, with a rate that
 * falls evenly to 0 over the whole training. Only the vectors of an example's features move. One thread: fastText's own
 * threads write into each other's weights, and no two of its trainings are the same.
 */
export class AveragedEmbeddingLearner implements Learner {
  readonly lastIsBest = false;
  /** `[idCount, units]` */
  #vectors!: Float32Array;
  /** `[units + features beside the text, columns]` */
  #kernel!: Float32Array;
  #bias!: Float32Array;
  /** The model's weights that are not trained. */
  #fixed!: Float32Array[];
  /** `[examples, features beside the text]`, normalized. */
  readonly #beside: Float32Array;
  readonly #options: AveragedEmbeddingLearnerOptions;

  /** @param model what `buildAveragedEmbedding` made; training goes on from its weights */
  constructor(
    readonly model: LayersModel,
    options: AveragedEmbeddingLearnerOptions,
  ) {
    const { training, beside } = options;
    this.#options = options;
    this.#beside = beside ? scaledFeatures(training.features!, beside) : new Float32Array();
    this.#readModel();
  }

  portions(random: Random): Int32Array[] {
    return shuffledPortions(exampleCount(this.#options.training), random);
  }

  learn(examples: Int32Array, { examplesBefore }: Pick<StepPlace, 'examplesBefore'>): StepResult {
    const { task, training, lossSettings, learningRate, epochs } = this.#options;
    const { targets, weights } = training;
    const totalSteps = epochs * exampleCount(training);
    const columns = this.#bias.length;
    const logits = new Float64Array(examples.length * columns);
    const inputs = new Float64Array(this.#kernel.length / columns);
    const errors = new Float64Array(columns);
    let loss = 0;
    examples.forEach((example, i) => {
      this.#readInputs(example, inputs);
      this.#logits(inputs, errors);
      logits.set(errors, i * columns);
      const ofExample = targetsOfExample(targets, example);
      const weight = weights ? weights[example] : 1;
      loss += weight * task.exampleLoss.lossAndErrors(errors, ofExample, lossSettings);
      const progress = { step: examplesBefore + i, totalSteps, base: learningRate };
      this.#update(example, { inputs, errors, rate: weight * rateAt(schedule, progress) });
    });
    return { loss: loss / examples.length, counts: task.count(logits, { targets, examples }) };
  }

  isConverged(): boolean {
    return false;
  }

  /** The weights are all there is: the rate follows from the number of examples. */
  snapshot(): Snapshot {
    this.fillModel();
    return { weights: modelWeights(this.model), slots: [] };
  }

  async restore({ weights }: Snapshot): Promise<void> {
    setModelWeights(this.model, weights);
    this.#readModel();
  }

  dispose(): void {
    this.model.dispose();
  }

  fillModel(): void {
    const { model } = this;
    const shapes = model.getWeights().map(({ shape }) => shape);
    // Copies: TF.js may keep the very array.
    const arrays = [this.#vectors, this.#kernel, this.#bias, ...this.#fixed].map((array) => array.slice());
    tidy(() => model.setWeights(arrays.map((array, place) => tensor(array, shapes[place]))));
  }

  #readModel(): void {
    const weights = this.model.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
    [this.#vectors, this.#kernel, this.#bias, ...this.#fixed] = weights;
  }

  /** Where the ids of an example's features are, and how much of a sum over them its mean is. */
  #featuresOf(example: number): IdRange & { scale: number } {
    const { training } = this.#options;
    const start = exampleStart(training, example);
    const end = exampleEnd(training, example);
    return { ids: training.ids, start, end, scale: 1 / Math.max(1, end - start) };
  }

  /** Mean of the vectors of an example's features, 0 for an example without any; then the numbers beside its text. */
  #readInputs(example: number, inputs: Float64Array): void {
    const features = this.#featuresOf(example);
    const beside = this.#besideColumns;
    const mean = beside === 0 ? inputs : inputs.subarray(0, inputs.length - beside);
    sumRows(this.#vectors, features, mean);
    for (let unit = 0; unit < mean.length; unit++) mean[unit] *= features.scale;
    if (beside > 0) inputs.set(this.#beside.subarray(example * beside, (example + 1) * beside), mean.length);
  }

  get #besideColumns(): number {
    return this.#options.beside?.columns.length ?? 0;
  }

  #logits(inputs: Float64Array, logits: Float64Array): void {
    const kernel = this.#kernel;
    const columns = logits.length;
    for (let column = 0; column < columns; column++) {
      let sum = this.#bias[column];
      for (let row = 0; row < inputs.length; row++) sum += inputs[row] * kernel[row * columns + column];
      logits[column] = sum;
    }
  }

  /** One step against the gradient: errors x kernel for the mean, and its share for each feature; inputs x errors for the kernel. */
  #update(example: number, step: { inputs: Float64Array; errors: Float64Array; rate: number }): void {
    const { inputs, errors, rate } = step;
    const kernel = this.#kernel;
    const units = inputs.length - this.#besideColumns;
    const columns = errors.length;
    const features = this.#featuresOf(example);
    const share = rate * features.scale;
    const moves = new Float64Array(units);
    for (let unit = 0; unit < units; unit++) {
      for (let column = 0; column < columns; column++) {
        const place = unit * columns + column;
        moves[unit] += share * errors[column] * kernel[place];
        kernel[place] += rate * errors[column] * inputs[unit];
      }
    }
    for (let row = units; row < inputs.length; row++) {
      for (let column = 0; column < columns; column++) {
        kernel[row * columns + column] += rate * errors[column] * inputs[row];
      }
    }
    for (let column = 0; column < columns; column++) this.#bias[column] += rate * errors[column];
    addToRows(this.#vectors, features, moves);
  }
}
