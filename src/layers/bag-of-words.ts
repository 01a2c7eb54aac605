import {
  add,
  cast,
  div,
  gather,
  matMul,
  maximum,
  minimum,
  mul,
  reshape,
  serialization,
  sigmoid,
  sqrt,
  square,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';

/** What a feature of an example is worth; see `BagOfWords`. */
export type FeatureWeighting = 'counts' | 'binary' | 'tfIdf';

export interface BagOfWordsArgs {
  name?: string;
  /** Rows of the kernel: all ids there are, 0 (padding) included. */
  idCount: number;
  /** Columns of the output. */
  units: number;
  weighting: FeatureWeighting;
  /** Whether several units are scaled to the sum 1, for examples of one label each. Default: true. */
  normalized?: boolean;
}

/**
 * Logistic regression on the features of an example, whatever their order; sparse: an example is what it has, never a row
 * as long as the vocabulary.
 *
 *   p = sigmoid(sum over features of value x kernel[id] + bias)
 *
 * with the values `counts`: how often the feature comes; `binary`: 1; `tfIdf`: count x idf[id], an example's values scaled to
 * Euclidean length 1 (scikit-learn's TfidfTransformer). With several units each is one label against the rest, and
 * the sigmoids are scaled to the sum 1, as scikit-learn's OneVsRestClassifier does it for labels that exclude each other;
 * with `normalized: false` they stay as they are, as it does for several labels at once.
 *
 * Two inputs, int32 [batch, features]: each example's different ids, and how often each comes; places where the count is 0
 * are padding. Output [batch, units]. Weights: kernel [idCount, units], bias [units], with `tfIdf` also idf [idCount].
 */
export class BagOfWords extends layers.Layer {
  static readonly className = 'BagOfWords';
  readonly idCount: number;
  readonly units: number;
  readonly weighting: FeatureWeighting;
  readonly normalized: boolean;
  private kernel!: LayerVariable;
  private bias!: LayerVariable;
  private idf?: LayerVariable;

  constructor(args: BagOfWordsArgs) {
    super({ name: args.name });
    this.idCount = args.idCount;
    this.units = args.units;
    this.weighting = args.weighting;
    this.normalized = args.normalized ?? true;
  }

  override build(_inputShape: Shape | Shape[]): void {
    const zeros = initializers.zeros();
    this.kernel = this.addWeight('kernel', [this.idCount, this.units], 'float32', zeros);
    this.bias = this.addWeight('bias', [this.units], 'float32', zeros);
    if (this.weighting === 'tfIdf') {
      const ones = initializers.ones();
      this.idf = this.addWeight('idf', [this.idCount], 'float32', ones, undefined, false);
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape[])[0][0], this.units];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [ids, counts] = inputs as Tensor2D[];
    return tidy(() => {
      const [batch, features] = ids.shape;
      const values = reshape(this.valuesOf(ids, counts), [batch, 1, features]);
      // [batch, 1, features] x [batch, features, units]
      const sums = matMul(values, gather(this.kernel.read(), ids));
      const scores = sigmoid(add(reshape(sums, [batch, this.units]), this.bias.read()));
      return this.units === 1 || !this.normalized ? scores : div(scores, sum(scores, 1, true));
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { idCount, units, weighting, normalized } = this;
    return { ...super.getConfig(), idCount, units, weighting, normalized };
  }

  private valuesOf(ids: Tensor2D, counts: Tensor2D): Tensor {
    if (this.weighting === 'binary') return cast(minimum(counts, 1), 'float32');
    const occurrences = cast(counts, 'float32');
    if (this.weighting === 'counts') return occurrences;
    const weighted = mul(occurrences, gather(this.idf!.read() as Tensor1D, ids));
    // Only an empty example is shorter than 1: an idf is at least 1.
    return div(weighted, maximum(sqrt(sum(square(weighted), 1, true)), 1));
  }
}

/** Makes TF.js build this class wherever a model names `BagOfWords`. */
export function registerBagOfWords(): void {
  serialization.registerClass(
    BagOfWords as unknown as serialization.SerializableConstructor<serialization.Serializable>,
  );
}
