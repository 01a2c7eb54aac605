import { z } from 'zod';
import { datasetTable, fixedVocabularyOf } from '../datasets/dataset-table.js';
import { type OptimizerConfig, optimizerSettings } from '../optimizers/optimizer-table.js';
import { checkLayers } from './check-layers.js';
import { checkOptimizer } from './check-optimizer.js';
import { checkText } from './check-text.js';

/** What can be learnt. */
export const taskNames = ['classification'] as const;

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);

type SettingsOf<Table extends readonly { readonly settings: unknown }[]> = {
  -readonly [Row in keyof Table]: Table[Row]['settings'];
};

/** Where the examples come from: the settings of one of the data sets. */
const dataset = z.discriminatedUnion(
  'name',
  // What map makes of a tuple is an array to TypeScript.
  datasetTable.map(({ settings }) => settings) as unknown as SettingsOf<typeof datasetTable>,
);

/** How a raw text becomes tokens (lecture items 12 to 14). */
const text = z.strictObject({
  maxLength: positiveInteger.default(300).describe('Only this much of a text is read.'),
  lengthUnit: z
    .enum(['characters', 'bytes', 'tokens'])
    .default('characters')
    .describe(
      "`characters` counts Unicode code points; `bytes` counts UTF-8 bytes, as the lecture's `tf.strings.substr` does; `tokens` counts tokens.",
    ),
  keep: z
    .enum(['start', 'end'])
    .default('start')
    .describe('The part of a long text that is read. `end` goes with `tokens` only.'),
  tokenizer: z
    .enum(['letters', 'punctuation', 'keras'])
    .default('letters')
    .describe(
      "`letters`: words of letters and apostrophes, as in the lecture. `punctuation`: words of letters, digits and apostrophes, and each other mark is a token, too. `keras`: split as Keras' Tokenizer does.",
    ),
  lowercase: z.boolean().default(false).describe('Capital letters are made small first.'),
  vocabularySize: positiveInteger
    .min(2)
    .default(10_000)
    .describe(
      'Known words, the padding token (id 0) included: the most frequent tokens of the training split; with `ngrams` and no `ngramBuckets` its most frequent tokens and runs of tokens.',
    ),
  minimumCount: positiveInteger
    .default(1)
    .describe('Rarer tokens are not known, however large the vocabulary.'),
  oovBuckets: z
    .int()
    .nonnegative()
    .default(1_000)
    .describe(
      'Every other word shares one of these ids, chosen by a hash of its bytes. 0: all of them share the id of `<unk>`, or are left out where `ngrams` have ids of their own.',
    ),
  ngrams: z
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe(
      'Runs of up to this many tokens are features, too; above 1 for the models that do not read in order: bagOfWords, averagedEmbedding.',
    ),
  ngramBuckets: z
    .int()
    .nonnegative()
    .default(0)
    .describe(
      'Runs of two and more tokens share so many ids by a hash, as in fastText. 0: they are part of the vocabulary, and unknown ones are left out.',
    ),
});

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
]);

const training = z.strictObject({
  epochs: positiveInteger.default(5),
  batchSize: positiveInteger.default(32).describe('Examples per training step.'),
  validationSplit: fraction
    .default(0.1)
    .describe(
      'Share of the training split that is held out to choose the best epoch; the test split is never used for that.',
    ),
  optimizer: optimizerSettings.prefault({}),
});

const unknown = z
  .union([
    z.literal('none'),
    z.strictObject({
      quantile: z
        .number()
        .gt(0)
        .max(0.5)
        .default(0.01)
        .describe('Share of held-out texts of the training split that is called unknown.'),
    }),
  ])
  .default('none')
  .describe(
    'Whether a text that is foreign to the training texts (noise, another language, other talk) is answered with none of the labels. `none`: never.',
  );

/** One reproducible run. Every default is named here and nowhere else; the filled form is stored in the run folder. The descriptions reach editors through `imdb-rnn config schema`. */
export const configSchema = z
  .strictObject({
    seed: z.int().nonnegative().default(1).describe('Fixes initial weights, validation split and shuffling.'),
    task: z
      .enum(taskNames)
      .default('classification')
      .describe('What is learnt of each text. `classification`: one label of two or more.'),
    dataset: dataset.prefault({ name: 'acl-imdb' }),
    text: text.prefault({}),
    model,
    training: training.prefault({}),
    unknown,
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
  })
  .superRefine(({ unknown, dataset }, context) => {
    if (unknown === 'none') return;
    if (fixedVocabularyOf(dataset) === undefined) return;
    const message = `needs texts, but the data set ${dataset.name} has word ids only. Set unknown to none`;
    context.addIssue({ code: 'custom', path: ['unknown'], message });
  })
  .transform((config) => {
    // A bag of words has a solver of its own: what it was filled with for an optimizer has no say.
    const { optimizer: _idle, ...rest } = config.training;
    const isIdle = config.model.type === 'bagOfWords';
    const training: typeof rest & { optimizer?: OptimizerConfig } = isIdle ? rest : config.training;
    return { ...config, training };
  });

/** A filled config: every key that has a say is present. */
export type Config = z.infer<typeof configSchema>;
export type TaskName = Config['task'];
export type DatasetConfig = Config['dataset'];
export type TextConfig = Config['text'];
export type ModelConfig = Config['model'];
export type ModelType = ModelConfig['type'];
export type RecurrentModelConfig = Extract<ModelConfig, { type: 'recurrent' }>;
export type ConvolutionModelConfig = Extract<ModelConfig, { type: 'conv1d' }>;
export type AveragedEmbeddingConfig = Extract<ModelConfig, { type: 'averagedEmbedding' }>;
export type BagOfWordsConfig = Extract<ModelConfig, { type: 'bagOfWords' }>;
export type RecurrentLayerConfig = RecurrentModelConfig['layers'][number];
/** Without `optimizer` where the model has a solver of its own. */
export type TrainingConfig = Config['training'];
