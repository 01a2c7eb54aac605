import { add, range, reshape, type serialization, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { Embedding, type EmbeddingArgs } from './embedding.js';
import { lookUp } from './look-up.js';
import { ngramRows } from './ngram-rows.js';
import { registerClass } from './register-class.js';

export type NgramEmbeddingArgs = EmbeddingArgs & {
  /** Tokens of the longest runs that have vectors, from 2 on. */
  ngrams: number;
  /** Rows of the table of their vectors, which runs share by their hash. */
  ngramBuckets: number;
};

/**
 * An `Embedding` whose vectors also tell what came just before: to the vector of a token those of the runs of 2 up to `ngrams`
 * tokens that end with it are added. Runs have vectors by hash, as in fastText (Joulin et al. 2016, "Bag of Tricks for Efficient
 * Text Classification", section 2.1); here a recurrent layer reads them in their order.
 *
 * Ids [batch, time] to vectors [batch, time, units]. Weights: `embeddings` [inputDim, units]; `ngram_embeddings`
 * [ngramBuckets, units], zeros at first: the model begins as one of words alone; `run_keys` [inputDim, 1], what the hash takes an
 * id for, never trained and at first the id itself: where a vocabulary grows, a new word keeps the key of the id that it shared.
 * Where `wordDropout` takes a word, no run that holds it is read either. TF.js has no layer of this kind: a saved model needs
 * `registerLayers`.
 */
export class NgramEmbedding extends Embedding {
  static override readonly className = 'NgramEmbedding';
  private readonly ngrams: number;
  private readonly ngramBuckets: number;
  private ngramEmbeddings!: LayerVariable;
  private runKeys!: LayerVariable;

  constructor(args: NgramEmbeddingArgs) {
    super(args);
    this.ngrams = args.ngrams;
    this.ngramBuckets = args.ngramBuckets;
  }

  override build(inputShape: Shape | Shape[]): void {
    super.build(inputShape);
    const { inputDim, outputDim } = this.getConfig() as { inputDim: number; outputDim: number };
    const zeros = initializers.zeros();
    this.ngramEmbeddings = this.addWeight(
      'ngram_embeddings',
      [this.ngramBuckets, outputDim],
      'float32',
      zeros,
    );
    this.runKeys = this.addWeight('run_keys', [inputDim, 1], 'float32', zeros, undefined, false);
    tidy(() => {
      this.runKeys.write(reshape(range(0, inputDim), [inputDim, 1]));
    });
  }

  protected override vectorsOf(ids: Tensor): Tensor {
    const keys = this.runKeys.read().dataSync<'float32'>();
    const keyed = ids.dataSync<'int32'>().map((id) => keys[id]);
    const of = { time: ids.shape[ids.rank - 1]!, rows: this.ngramBuckets };
    const table = this.ngramEmbeddings.read();
    let vectors = super.vectorsOf(ids);
    for (let length = 2; length <= this.ngrams; length++) {
      vectors = add(vectors, lookUp(table, tensor(ngramRows(keyed, { ...of, length }), ids.shape, 'int32')));
    }
    return vectors;
  }

  override getConfig(): serialization.ConfigDict {
    const { ngrams, ngramBuckets } = this;
    return { ...super.getConfig(), ngrams, ngramBuckets };
  }
}

/** Makes TF.js build this class wherever a model names it. */
export function registerNgramEmbedding(): void {
  registerClass(NgramEmbedding);
}
