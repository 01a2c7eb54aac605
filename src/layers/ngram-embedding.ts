import { add, range, reshape, type serialization, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { KnownRuns } from '../text/known-runs.js';
import { Embedding, type EmbeddingArgs } from './embedding.js';
import { lookUp } from './look-up.js';
import { registerClass } from './register-class.js';

export type NgramEmbeddingArgs = EmbeddingArgs & {
  /** Tokens of the longest runs that have vectors, from 2 on. */
  ngrams: number;
  /** How many runs may have one. */
  ngramVectors: number;
};

/**
 * An `Embedding` whose vectors also tell what came just before: to the vector of a token those of the known runs of 2 up to
 * `ngrams` tokens that end with it are added. fastText adds vectors of runs to a bag of words likewise (Joulin et al. 2016, "Bag of
 * Tricks for Efficient Text Classification", section 2.1); here a recurrent layer reads them in their order, and frequent runs
 * have a vector each where fastText lets all share some by hash.
 *
 * Ids [batch, time] to vectors [batch, time, units]. Weights that are trained: `embeddings` [inputDim, units];
 * `ngram_embeddings` [ngramVectors + 1, units], zeros at first, so that the model begins as one of words alone, the first row for
 * places where no known run ends. Weights that are not: `run_keys` [inputDim, 1], the id as which runs know an id, at first itself:
 * where a vocabulary grows, a new word keeps that of the id that it shared; `runs` [ngramVectors, 2], as `KnownRuns` has them, none at
 * first. Where `wordDropout` takes a word, no run that holds it is read either. TF.js has no layer of this kind: a saved model
 * needs `registerLayers`.
 */
export class NgramEmbedding extends Embedding {
  static override readonly className = 'NgramEmbedding';
  readonly ngrams: number;
  readonly ngramVectors: number;
  private vectorsOfRuns!: LayerVariable;
  private keys!: LayerVariable;
  private runs!: LayerVariable;
  /** Made of `runs` as they were when they had this id. */
  private known: { readonly of: object; readonly runs: KnownRuns } | undefined;

  constructor(args: NgramEmbeddingArgs) {
    super(args);
    this.ngrams = args.ngrams;
    this.ngramVectors = args.ngramVectors;
  }

  override build(inputShape: Shape | Shape[]): void {
    super.build(inputShape);
    const { ngramVectors, idCount } = this;
    const { outputDim } = this.getConfig() as { outputDim: number };
    const weight = (name: string, shape: number[], trainable: boolean) =>
      this.addWeight(name, shape, 'float32', initializers.zeros(), undefined, trainable);
    this.vectorsOfRuns = weight('ngram_embeddings', [ngramVectors + 1, outputDim], true);
    this.keys = weight('run_keys', [idCount, 1], false);
    this.runs = weight('runs', [ngramVectors, 2], false);
    tidy(() => {
      this.keys.write(reshape(range(0, idCount), [idCount, 1]));
    });
  }

  /** Ids that there are. */
  get idCount(): number {
    return this.getConfig().inputDim as number;
  }

  /** Takes the runs that have vectors, at most `ngramVectors`, as pairs for `KnownRuns`; the layer has been built. */
  know(pairs: Float32Array): void {
    const all = new Float32Array(2 * this.ngramVectors);
    all.set(pairs);
    tidy(() => {
      this.runs.write(tensor(all, [this.ngramVectors, 2]));
    });
  }

  protected override vectorsOf(ids: Tensor): Tensor {
    const keys = this.keys.read().dataSync<'float32'>();
    const keyed = ids.dataSync<'int32'>().map((id) => keys[id]);
    const options = { time: ids.shape[ids.rank - 1]!, longest: this.ngrams };
    const table = this.vectorsOfRuns.read();
    let vectors = super.vectorsOf(ids);
    for (const rows of this.knownRuns().endingAt(keyed, options)) {
      vectors = add(vectors, lookUp(table, tensor(rows, ids.shape, 'int32')));
    }
    return vectors;
  }

  override getConfig(): serialization.ConfigDict {
    const { ngrams, ngramVectors } = this;
    return { ...super.getConfig(), ngrams, ngramVectors };
  }

  private knownRuns(): KnownRuns {
    const runs = this.runs.read();
    if (this.known?.of !== runs.dataId) {
      const made = new KnownRuns(runs.dataSync<'float32'>(), this.idCount);
      this.known = { of: runs.dataId, runs: made };
    }
    return this.known!.runs;
  }
}

/** Makes TF.js build this class wherever a model names it. */
export function registerNgramEmbedding(): void {
  registerClass(NgramEmbedding);
}
