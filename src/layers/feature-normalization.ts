import { div, type serialization, sub, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { FeatureScaling } from '../batches/feature-scaling.js';
import type { FeatureColumn } from '../datasets/split.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';

export interface FeatureNormalizationArgs {
  name?: string;
  /** What the numbers are; kept in the saved model, so that it can say what it needs. */
  columns: readonly FeatureColumn[];
}

/**
 * Numbers beside a text, brought to mean 0 and deviation 1: (x - mean) / deviation, as Keras' `Normalization` does.
 *
 * Input and output float32 [batch, columns]. Weights, which are not trained: mean [columns], at first 0, and deviation
 * [columns], at first 1.
 */
export class FeatureNormalization extends layers.Layer {
  static readonly className = 'FeatureNormalization';
  readonly columns: readonly FeatureColumn[];
  private mean!: LayerVariable;
  private deviation!: LayerVariable;

  constructor({ columns, ...args }: FeatureNormalizationArgs) {
    super(args);
    this.columns = columns;
  }

  override build(): void {
    const shape = [this.columns.length];
    this.mean = this.addWeight('mean', shape, 'float32', initializers.zeros(), undefined, false);
    this.deviation = this.addWeight('deviation', shape, 'float32', initializers.ones(), undefined, false);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => div(sub(singleTensor(inputs), this.mean.read()), this.deviation.read()));
  }

  /** Takes mean and deviation; the layer has been built. */
  scaleBy({ mean, deviation }: Pick<FeatureScaling, 'mean' | 'deviation'>): void {
    tidy(() => this.setWeights([tensor1d(mean), tensor1d(deviation)]));
  }

  override getConfig(): serialization.ConfigDict {
    const columns = this.columns.map(({ name, kind }) => ({ name, kind }));
    return { ...super.getConfig(), columns };
  }
}

/** Makes TF.js build this class wherever a model names `FeatureNormalization`. */
export function registerFeatureNormalization(): void {
  registerClass(FeatureNormalization);
}
