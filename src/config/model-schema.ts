import { z } from 'zod';
import { joinedMember, plannedMember } from './member-schema.js';

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);

const rate = fraction.default(0);

/** What every recurrent layer has. */
const recurrentKeys = {
  units: positiveInteger.default(128).describe('Size of the state, H.'),
  bidirectional: z
    .union([z.literal(false), z.enum(['concat', 'sum', 'average', 'multiply'])])
    .default(false)
    .describe('A second layer reads each example from its end; how the two outputs are put together.'),
  dropout: rate.describe(
    "Share of the layer's inputs that is dropped in training, the same ones at every time step of an example.",
  ),
  recurrentDropout: rate.describe('The same for the state, where it enters the next step.'),
  weightDropout: rate.describe(
    'Share of the weights between the state and the next one that is dropped in training, the same ones in a whole batch.',
  ),
  zoneout: rate.describe(
    'Probability with which, in training, a unit of the state keeps at a step the value that it had; predictions take the mean of both.',
  ),
  layerNormalization: z.boolean().default(false).describe("Normalizes the layer's output over its units."),
  residual: z
    .boolean()
    .default(false)
    .describe("Adds the layer's input to its output; both have the same size."),
};

const recurrentLayer = z.discriminatedUnion('cell', [
  z.strictObject({
    cell: z.literal('gru'),
    ...recurrentKeys,
    resetAfter: z
      .boolean()
      .default(true)
      .describe(
        "`true`: what Keras' `GRU(128)` and cuDNN compute. `false`: the lecture's equation, which stock TF.js can load.",
      ),
  }),
  z.strictObject({
    cell: z.literal('lstm'),
    ...recurrentKeys,
    cellZoneout: rate.describe('As `zoneout`, for the cell state.'),
  }),
  z.strictObject({
    cell: z.literal('simpleRnn'),
    ...recurrentKeys,
    activation: z.enum(['tanh', 'relu']).default('tanh'),
  }),
]);

const embedding = z
  .strictObject({
    units: positiveInteger.default(128).describe("Size of a word's vector, E."),
    dropout: rate.describe(
      'Share of the dimensions of the vectors that is dropped in training: whole dimensions, the same ones at every step of an example (spatial dropout).',
    ),
    wordDropout: rate.describe(
      "Share of an example's different words that is taken out of it in training, wherever they stand in it; what reads them sees one vector that stands for a word not told.",
    ),
    ngrams: positiveInteger
      .max(5)
      .default(1)
      .describe(
        'Tokens of the longest runs that have vectors of their own, which are added to the vector of their last token; 1: none have.',
      ),
    ngramVectors: positiveInteger
      .max(8_000_000)
      .default(131_072)
      .describe(
        'How many runs may have vectors, where `ngrams` is above 1: the most frequent of the training examples.',
      ),
  })
  .prefault({});

const outputDropout = rate.describe(
  'Share of the features that is dropped in training before the output layer.',
);

const wide = z
  .union([
    z.literal('none'),
    z.strictObject({
      weighting: z
        .enum(['binary', 'naiveBayes'])
        .default('naiveBayes')
        .describe(
          'What a feature that an example has is worth before its weight: `binary`: 1; `naiveBayes`: the log-count ratio of the labels (Wang & Manning 2012).',
        ),
      dropout: rate.describe("Share of an example's different features that is dropped in training."),
    }),
  ])
  .default('none')
  .describe(
    'A linear model of which features an example has, trained together with the recurrent one: their logits are added (wide and deep, Cheng et al. 2016). Its features are those of a bag of words: the tokens and, with `text.ngrams` above 1, their runs, which the recurrent layers do not see. `none`: the recurrent model alone.',
  );

/** `model`: what is built and trained. */
export const model = z.discriminatedUnion('type', [
  z.strictObject({
    type: z
      .literal('recurrent')
      .default('recurrent')
      .describe('Embedding -> recurrent layers -> pooling -> Dense.'),
    embedding,
    layers: z
      .array(recurrentLayer)
      .min(1)
      .describe('Recurrent layers, the first one nearest to the embedding.'),
    pieceLength: z
      .union([z.literal('none'), positiveInteger])
      .default('none')
      .describe(
        'Tokens of the pieces into which a text is cut; each is read from a state of zeros, all of them at once, and the pooling goes over all of their states. Long texts are read many times faster, and what stands far apart is not read together.',
      ),
    pooling: z
      .enum(['last', 'mean', 'max', 'attention', 'lastMaxMean'])
      .default('last')
      .describe(
        "How the last layer's states become one vector: the final state, their mean, their maximum, an attention-weighted mean, or the first three side by side.",
      ),
    dropout: outputDropout,
    wide,
  }),
  z.strictObject({
    type: z.literal('conv1d').describe('Embedding -> convolution over time -> maximum over time -> Dense.'),
    embedding,
    filters: positiveInteger.default(250),
    kernelSize: positiveInteger.default(3).describe('Tokens that a filter sees.'),
    dropout: outputDropout,
  }),
  z.strictObject({
    type: z
      .literal('averagedEmbedding')
      .describe(
        "The mean of the features' vectors -> Dense: fastText's model. Trained with `fastText`, its descent.",
      ),
    embedding: z
      .strictObject({ units: positiveInteger.default(10).describe("Size of a feature's vector, E.") })
      .prefault({}),
  }),
  z.strictObject({
    type: z
      .literal('bagOfWords')
      .describe('Logistic regression on the features of an example, whatever their order.'),
    weighting: z
      .enum(['counts', 'binary', 'tfIdf', 'naiveBayes'])
      .default('binary')
      .describe(
        '`counts`: how often a feature comes; `binary`: whether; `tfIdf`: counts times inverse document frequency, examples scaled to length 1; `naiveBayes`: whether, times the log-count ratio of the labels (Wang & Manning 2012).',
      ),
    inverseRegularization: z
      .number()
      .positive()
      .default(1)
      .describe('C of the logistic regression: the larger, the closer it fits the training examples.'),
  }),
  z.strictObject({
    type: z
      .literal('ensemble')
      .describe(
        'The mean of the probabilities of several runs. `imdb-rnn ensemble` writes it of runs, `imdb-rnn train` trains it by configs.',
      ),
    members: z
      .array(z.union([joinedMember, plannedMember]))
      .min(1)
      .describe(
        'The runs, in the order of their folders `members/1`, `members/2`, ...; or the configs that are to be trained.',
      ),
    rounds: positiveInteger
      .max(5)
      .default(1)
      .describe(
        'Of members that are to be trained: times that this is done. From the second round on the ensemble of the round before is `training.teacher` of each.',
      ),
    join: z
      .enum(['lastRound', 'allRounds'])
      .default('lastRound')
      .describe('Which rounds the ensemble is made of; those before the last are teachers in either case.'),
  }),
]);
