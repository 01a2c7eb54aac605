import { z } from 'zod';
import { checkLayers } from './check-layers.js';
import { checkOptimizer } from './check-optimizer.js';
import { checkText } from './check-text.js';
import { text } from './text-schema.js';

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);

/** Where the reviews come from. */
const dataset = z.discriminatedUnion('name', [
  z.strictObject({
    name: z
      .enum(['acl-imdb', 'sample'])
      .describe(
        '`acl-imdb`: the Large Movie Review Dataset, 25,000 + 25,000 raw reviews. `sample`: 2,000 + 1,000 of them, shipped with the program.',
      ),
  }),
  z.strictObject({
    name: z
      .literal('keras-imdb')
      .describe(
        '`keras-imdb`: the same reviews as word ids, as `keras.datasets.imdb` gives them; `text` then has no say but in maxLength and keep.',
      ),
    path: z
      .string()
      .optional()
      .describe('A folder with imdb.npz and imdb_word_index.json; default: where `download` puts them.'),
    numWords: positiveInteger
      .nullable()
      .default(null)
      .describe('Only the most frequent words, special ids included; null for all.'),
    skipTop: z.int().nonnegative().default(0).describe('So many of the most frequent words become oovChar.'),
    maxLength: positiveInteger
      .nullable()
      .default(null)
      .describe('Longer reviews are left out, as Keras does; null for none. To cut them use text.maxLength.'),
    seed: z.int().nonnegative().max(0xffff_ffff).default(113).describe('Of the order of the reviews.'),
    startChar: z
      .int()
      .nonnegative()
      .nullable()
      .default(1)
      .describe('Id that begins each review; null for none.'),
    oovChar: z
      .int()
      .nonnegative()
      .nullable()
      .default(2)
      .describe('Id of words that are left out by numWords or skipTop; null drops them.'),
    indexFrom: z.int().nonnegative().default(3).describe('Added to the ids of the word index.'),
  }),
]);

const rate = fraction.default(0);

/** What every recurrent layer has. */
const recurrentKeys = {
  units: positiveInteger.default(128).describe('Size of the state, H.'),
  bidirectional: z
    .union([z.literal(false), z.enum(['concat', 'sum', 'average', 'multiply'])])
    .default(false)
    .describe('A second layer reads each review from its end; how the two outputs are put together.'),
  dropout: rate.describe(
    "Share of the layer's inputs that is dropped in training, the same ones at every time step of a review.",
  ),
  recurrentDropout: rate.describe('The same for the state, where it enters the next step.'),
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
  z.strictObject({ cell: z.literal('lstm'), ...recurrentKeys }),
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
      "Share of the vectors' elements that is dropped in training, the same ones at every step.",
    ),
  })
  .prefault({});

const outputDropout = rate.describe(
  'Share of the features that is dropped in training before the output layer.',
);

const model = z.discriminatedUnion('type', [
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
    pooling: z
      .enum(['last', 'mean', 'max', 'attention', 'lastMaxMean'])
      .default('last')
      .describe(
        "How the last layer's states become one vector: the final state, their mean, their maximum, an attention-weighted mean, or the first three side by side.",
      ),
    dropout: outputDropout,
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
      .describe("The mean of the features' vectors -> Dense: fastText's model. Trained with `sgd`."),
    embedding: z
      .strictObject({ units: positiveInteger.default(10).describe("Size of a feature's vector, E.") })
      .prefault({}),
  }),
  z.strictObject({
    type: z
      .literal('bagOfWords')
      .describe('Logistic regression on the features of a review, whatever their order.'),
    weighting: z
      .enum(['counts', 'binary', 'tfIdf', 'naiveBayes'])
      .default('binary')
      .describe(
        '`counts`: how often a feature comes; `binary`: whether; `tfIdf`: counts times inverse document frequency, reviews scaled to length 1; `naiveBayes`: whether, times the log-count ratio of the labels (Wang & Manning 2012).',
      ),
    inverseRegularization: z
      .number()
      .positive()
      .default(1)
      .describe('C of the logistic regression: the larger, the closer it fits the training reviews.'),
  }),
]);

const training = z.strictObject({
  epochs: positiveInteger.default(5),
  batchSize: positiveInteger.default(32).describe('Reviews per training step.'),
  validationSplit: fraction
    .default(0.1)
    .describe(
      'Share of the training split that is held out to choose the best epoch; the test split is never used for that.',
    ),
  optimizer: z
    .discriminatedUnion('name', [
      z.strictObject({
        name: z.literal('adam').default('adam'),
        learningRate: z.number().positive().default(0.001),
        beta1: fraction.default(0.9),
        beta2: fraction.default(0.999),
        epsilon: z.number().positive().default(1e-7),
      }),
      z.strictObject({
        name: z
          .literal('sgd')
          .describe(
            "fastText's: a review at a time, the rate falling evenly to 0. For averagedEmbedding, which knows no other.",
          ),
        learningRate: z.number().positive().default(0.1),
      }),
    ])
    .prefault({}),
});

/** One reproducible run. Every default is named here and nowhere else; the filled form is stored in the run folder. The descriptions reach editors through `imdb-rnn config schema`. */
export const configSchema = z
  .strictObject({
    seed: z.int().nonnegative().default(1).describe('Fixes initial weights, validation split and shuffling.'),
    dataset: dataset.prefault({ name: 'acl-imdb' }),
    text: text.prefault({}),
    model,
    training: training.prefault({}),
  })
  .superRefine((config, context) => {
    for (const { path, message } of checkText(config)) {
      context.addIssue({ code: 'custom', path: ['text', ...path], message });
    }
  })
  .superRefine(({ model }, context) => {
    if (model.type !== 'recurrent') return;
    for (const { path, message } of checkLayers(model)) {
      context.addIssue({ code: 'custom', path: ['model', ...path], message });
    }
  })
  .superRefine(({ model, training }, context) => {
    for (const { path, message } of checkOptimizer(model.type, training.optimizer)) {
      context.addIssue({ code: 'custom', path: ['training', ...path], message });
    }
  });

/** A filled config: every key present. */
export type Config = z.infer<typeof configSchema>;
export type DatasetConfig = Config['dataset'];
export type KerasImdbConfig = Extract<DatasetConfig, { name: 'keras-imdb' }>;
export type TextConfig = Config['text'];
export type ModelConfig = Config['model'];
export type ModelType = ModelConfig['type'];
export type RecurrentModelConfig = Extract<ModelConfig, { type: 'recurrent' }>;
export type ConvolutionModelConfig = Extract<ModelConfig, { type: 'conv1d' }>;
export type AveragedEmbeddingConfig = Extract<ModelConfig, { type: 'averagedEmbedding' }>;
export type BagOfWordsConfig = Extract<ModelConfig, { type: 'bagOfWords' }>;
export type RecurrentLayerConfig = RecurrentModelConfig['layers'][number];
export type TrainingConfig = Config['training'];
export type OptimizerConfig = TrainingConfig['optimizer'];
