import { cast, type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { EmbeddingLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/embeddings.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { dropWords } from './drop-words.js';
import { lookUp } from './look-up.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';
import { StockEmbedding } from './stock-classes.js';

export type EmbeddingArgs = EmbeddingLayerArgs & {
  /** Share of an example's different words that is taken out of it in training; see `Embedding`. Default: 0. */
  wordDropout?: number;
};

/**
 * TF.js' `Embedding` layer, ids [batch, ...] to vectors [batch, ..., units], with the gradient of its table in one operation
 * (`lookUp`). Class name and config are the stock ones.
 *
 * With `wordDropout` a share of each row's different ids reads the vector of id 0 in training, which no other word has: it
 * comes to stand for a word that is not told (`dropWords` draws, from `kwargs.random`). The step counts all the same: the mask
 * goes by the ids as they are.
 *
 * In training `kwargs.perturb`, where it is given, gets the vectors and gives those that the layer returns.
 */
export class Embedding extends StockEmbedding {
  static readonly className: string = 'Embedding';

  private readonly wordDropout: number;

  constructor(args: EmbeddingArgs) {
    super(args);
    this.wordDropout = args.wordDropout ?? 0;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    return tidy(() => {
      const given = singleTensor(inputs);
      const ids = given.dtype === 'int32' ? given : cast(given, 'int32');
      if (!kwargs?.training) return this.vectorsOf(ids);
      const { random, perturb } = kwargs;
      const rate = this.wordDropout;
      const vectors = this.vectorsOf(rate > 0 ? dropWords(ids, { rate, random }) : ids);
      return perturb ? perturb(vectors) : vectors;
    });
  }

  /** @param ids int32 [batch, ...] @returns [batch, ..., units] */
  protected vectorsOf(ids: Tensor): Tensor {
    const { embeddings } = this as unknown as { embeddings: { read(): Tensor } };
    return lookUp(embeddings.read(), ids);
  }

  override getConfig(): serialization.ConfigDict {
    const { wordDropout } = this;
    return { ...super.getConfig(), ...(wordDropout > 0 && { wordDropout }) };
  }
}

/** Makes TF.js build this class wherever a model names `Embedding`. */
export function registerEmbedding(): void {
  registerClass(Embedding);
}
