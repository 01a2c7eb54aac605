import { registerAdd } from './add.js';
import { registerAddLogits } from './add-logits.js';
import { registerAttentionPooling } from './attention-pooling.js';
import { registerBagOfWords } from './bag-of-words.js';
import { registerBidirectional } from './bidirectional.js';
import { registerConv1D } from './conv1d.js';
import { registerDropout } from './dropout.js';
import { registerEmbedding } from './embedding.js';
import { registerFeatureNormalization } from './feature-normalization.js';
import { registerGlobalPooling } from './global-pooling.js';
import { registerGru } from './gru.js';
import { registerLastMaxMeanPooling } from './last-max-mean-pooling.js';
import { registerLayerNormalization } from './layer-normalization.js';
import { registerLstm } from './lstm.js';
import { registerNgramEmbedding } from './ngram-embedding.js';
import { registerOrthogonal } from './orthogonal.js';
import { registerPieces } from './pieces.js';
import { registerSimpleRnn } from './simple-rnn.js';
import { registerSpatialDropout } from './spatial-dropout.js';
import { registerWideLinear } from './wide-linear.js';

/**
 * Registers this package's layers and initializers with TF.js. Those of a stock name take its place, and give what it gives
 * or, where it throws, what Keras gives; what means something else has a name of its own.
 */
export function registerLayers(): void {
  registerAdd();
  registerAttentionPooling();
  registerBidirectional();
  registerConv1D();
  registerDropout();
  registerEmbedding();
  registerFeatureNormalization();
  registerGlobalPooling();
  registerGru();
  registerLstm();
  registerLastMaxMeanPooling();
  registerLayerNormalization();
  registerNgramEmbedding();
  registerOrthogonal();
  registerPieces();
  registerSimpleRnn();
  registerSpatialDropout();
  registerBagOfWords();
  registerWideLinear();
  registerAddLogits();
}
