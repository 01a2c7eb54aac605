import { initializers, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { RecurrentModelConfig } from '../config/schema.js';
import { MaskedAdd } from '../layers/add.js';
import { LayerNormalization } from '../layers/layer-normalization.js';
import { JoinPieces } from '../layers/pieces.js';
import { wordIdCount } from '../text/run-ids.js';
import { type BuildOptions, seedSequence } from './build-options.js';
import { embeddedIds } from './embedded-ids.js';
import { joinFeatures } from './joined-features.js';
import { poolStates } from './pool-states.js';
import { recurrentLayer } from './recurrent-layer.js';
import { widePart } from './wide-part.js';

/** Names of the layers in a model, as Keras would number them. */
const layerNames = { gru: 'gru', lstm: 'lstm', simpleRnn: 'simple_rnn' } as const;

/**
 * Embedding (id 0 masked) -> recurrent layers -> pooling over time -> Dense (lecture items 4, 8, 9 and 15).
 *
 * With a wide part the model has an input of `grams` [batch, features], int32, and the embedding a row for each id of a token
 * alone, so that runs of tokens, of which there may be a million, cost one weight a column.
 *
 * @returns a model from ids [batch, time], int32 (and the numbers beside the texts, if there are any), to probabilities [batch, columns of the task]
 */
export function buildRecurrent(config: RecurrentModelConfig, options: BuildOptions): LayersModel {
  const { task } = options;
  const wide = widePart(config.wide, options);
  const idCount = wide ? wordIdCount(options.idCount, options.runIds!) : options.idCount;
  const nextSeed = seedSequence(options.seed);
  const { ids, vectors } = embeddedIds({
    ...config.embedding,
    ...{ idCount, seed: nextSeed() },
    ...(config.pieceLength !== 'none' && { pieceLength: config.pieceLength }),
  });
  let values = vectors;
  config.layers.forEach((layer, i) => {
    const name = `${layerNames[layer.cell]}_${i + 1}`;
    const returnSequences = i < config.layers.length - 1 || config.pooling !== 'last';
    const before = values;
    values = recurrentLayer(layer, { name, returnSequences, seed: nextSeed() }).apply(
      before,
    ) as SymbolicTensor;
    if (layer.layerNormalization) {
      values = new LayerNormalization({ name: `${name}_norm` }).apply(values) as SymbolicTensor;
    }
    if (layer.residual) {
      values = new MaskedAdd({ name: `${name}_residual` }).apply([before, values]) as SymbolicTensor;
    }
  });
  if (config.pieceLength !== 'none') {
    values = new JoinPieces({ name: 'joined_pieces' }).apply([values, ids]) as SymbolicTensor;
  }
  const ofText = poolStates(values, config.pooling, { nextSeed });
  const { inputs, features } = joinFeatures(ids, ofText, options);
  const outputs = task.head(features, {
    ...{ dropout: config.dropout, wide: wide?.logits },
    kernelInitializer: initializers.glorotUniform({ seed: nextSeed() }),
  });
  return model({ inputs: wide ? [...inputs, wide.grams] : inputs, outputs });
}
