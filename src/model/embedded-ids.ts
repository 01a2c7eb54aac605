import { initializers, input, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { Embedding } from '../layers/embedding.js';
import { NgramEmbedding } from '../layers/ngram-embedding.js';
import { CutPieces } from '../layers/pieces.js';
import { SpatialDropout1D } from '../layers/spatial-dropout.js';

/**
 * The first layers of a model that reads words in order: ids, int32 [batch, time], to vectors [batch, time, units], id 0
 * masked. `dropout` drops whole dimensions of the vectors, the same ones at every step of an example
 * (lecture item 19); `wordDropout` whole words, see `Embedding`; with `ngrams` above 1 runs of tokens have vectors, too, see
 * `NgramEmbedding`.
 *
 * @param options.pieceLength steps of a piece, where the ids are cut into pieces: the vectors are then
 *   [batch * pieces, pieceLength, units]
 */
export function embeddedIds(options: {
  idCount: number;
  units: number;
  dropout: number;
  wordDropout: number;
  ngrams: number;
  ngramVectors: number;
  seed: number;
  pieceLength?: number;
}): {
  ids: SymbolicTensor;
  vectors: SymbolicTensor;
} {
  const { idCount, units, dropout, wordDropout, seed, pieceLength } = options;
  const ids = input({ shape: [null], dtype: 'int32', name: 'ids' });
  const { ngrams, ngramVectors } = options;
  const shared = {
    name: 'embedding',
    inputDim: idCount,
    outputDim: units,
    maskZero: true,
    wordDropout,
    embeddingsInitializer: initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed }),
  };
  const embedding =
    ngrams > 1 ? new NgramEmbedding({ ...shared, ngrams, ngramVectors }) : new Embedding(shared);
  const read =
    pieceLength === undefined ? ids : new CutPieces({ name: 'pieces', length: pieceLength }).apply(ids);
  const vectors = embedding.apply(read) as SymbolicTensor;
  if (dropout === 0) return { ids, vectors };
  const dropping = new SpatialDropout1D({ name: 'embedding_dropout', rate: dropout });
  return { ids, vectors: dropping.apply(vectors) as SymbolicTensor };
}
