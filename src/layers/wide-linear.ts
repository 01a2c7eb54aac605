import {
  cast,
  gather,
  mul,
  notEqual,
  reshape,
  type serialization,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { IdRange } from '../text/run-ids.js';
import { dropoutMask } from './dropout-mask.js';
import { lookUp } from './look-up.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';

/** What a feature that an example has is worth; see `WideLinear`. */
export type WideWeighting = 'binary' | 'naiveBayes';

export interface WideLinearArgs {
  name?: string;
  /** Rows of the kernel: all ids there are, 0 (padding) included. */
  idCount: number;
  /** Columns of the output. */
  units: number;
  weighting: WideWeighting;
  /** Share of an example's features that is dropped in training. Default: 0. */
  rate?: number;
  /** Ids of runs of tokens; kept in the saved model, which reads them apart from the tokens. */
  runIds: IdRange;
}

/**
 * The wide part of a wide and deep model (Cheng et al. 2016, "Wide & Deep Learning for Recommender Systems"): a linear function
 * of which features an example has,
 *
 *   output[column] = sum over features of value[id, column] x kernel[id, column]
 *
 * with the values `binary`: 1; `naiveBayes`: fixed numbers, the log-count ratios of the column (Wang & Manning 2012). It has no
 * bias: the layer beside it has one. With `rate` a share of the features counts nothing in training, and the others 1 / (1 -
 * rate); `kwargs.random` draws.
 *
 * Input int32 [batch, features]: each example's different ids, padded with 0. Output [batch, units]. Weights: kernel [idCount,
 * units], at first 0; with `naiveBayes` also values [idCount, units], at first 0 and never trained.
 */
export class WideLinear extends layers.Layer {
  static readonly className = 'WideLinear';
  readonly idCount: number;
  readonly units: number;
  readonly weighting: WideWeighting;
  readonly rate: number;
  readonly runIds: IdRange;
  private kernel!: LayerVariable;
  private values?: LayerVariable;

  constructor(args: WideLinearArgs) {
    super({ name: args.name });
    this.idCount = args.idCount;
    this.units = args.units;
    this.weighting = args.weighting;
    this.rate = args.rate ?? 0;
    this.runIds = args.runIds;
  }

  override build(_inputShape: Shape | Shape[]): void {
    const shape = [this.idCount, this.units];
    const zeros = initializers.zeros();
    this.kernel = this.addWeight('kernel', shape, 'float32', zeros);
    if (this.weighting === 'naiveBayes') {
      this.values = this.addWeight('values', shape, 'float32', zeros, undefined, false);
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.units];
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    return tidy(() => {
      const ids = singleTensor(inputs) as Tensor2D;
      return sum(mul(lookUp(this.kernel.read(), ids), this.valuesOf(ids, kwargs)), 1);
    });
  }

  /** Takes the fixed values, row-major [idCount, units]; the layer has been built. */
  valueBy(values: Float32Array): void {
    tidy(() => {
      this.values!.write(tensor2d(values, [this.idCount, this.units]));
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { idCount, units, weighting, rate } = this;
    const { first, end } = this.runIds;
    return { ...super.getConfig(), idCount, units, weighting, rate, runIds: { first, end } };
  }

  /** [batch, features, 1 or units]; 0 for padding and for what is dropped. */
  private valuesOf(ids: Tensor2D, kwargs: Kwargs): Tensor {
    const [batch, features] = ids.shape;
    let kept: Tensor = cast(notEqual(ids, 0), 'float32');
    if (kwargs?.training && this.rate > 0) {
      const { rate } = this;
      kept = mul(kept, dropoutMask([batch, features], { rate, random: kwargs.random }));
    }
    const counted = reshape(kept, [batch, features, 1]);
    return this.values ? mul(gather(this.values.read(), ids), counted) : counted;
  }
}

/** Makes TF.js build this class wherever a model names `WideLinear`. */
export function registerWideLinear(): void {
  registerClass(WideLinear);
}
