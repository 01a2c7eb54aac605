import { z } from 'zod';
import { datasetTable } from '../datasets/dataset-table.js';
import { type OptimizerConfig, optimizerSettings } from '../optimizers/optimizer-table.js';
import { checkLayers } from './check-layers.js';
import { checkOptimizer } from './check-optimizer.js';
import { checkSmoothing } from './check-smoothing.js';
import { checkText } from './check-text.js';

/** What can be learnt. */
export const taskNames = ['classification', 'multiLabel'] as const;

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);
const share = z.number().min(0).max(1);

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
  classWeights: z
    .union([z.enum(['none', 'balanced']), z.record(z.string(), z.number().positive())])
    .default('none')
    .describe(
      "How much the training examples of each label count. `balanced`: every label as much as the others, n / (labels * count), as scikit-learn has it; with several labels for a text what has a label counts as much as what has it not. A mapping gives weights by the labels' names, 1 for the others. Weights of the examples themselves are multiplied with it; validation counts every example once.",
    ),
  labelSmoothing: fraction
    .default(0)
    .describe(
      "Share of certainty that targets give away in the training loss, Keras' `label_smoothing`: of two labels they are s / 2 and 1 - s / 2, of more the others get s / labels each. Validation measures whole labels.",
    ),
  optimizer: optimizerSettings.prefault({}),
  threshold: z
    .union([
      z.enum(['none', 'f1']),
      z.strictObject({ precision: share.describe('The highest recall with at least so much precision.') }),
      z.strictObject({ recall: share.describe('The highest precision with at least so much recall.') }),
    ])
    .default('none')
    .describe(
      'Of two labels, or of several at once: from which probability on a label is answered, chosen on the held-out examples after the training. `none`: from one half on. `f1`: where F1 is highest. `precision` or `recall`: where it is at least so much.',
    ),
  calibrate: z
    .boolean()
    .default(false)
    .describe(
      'Whether the probabilities are calibrated after the training, by temperatures that are fitted on the held-out examples.',
    ),
});

/** One reproducible run. Every default is named here and nowhere else; the filled form is stored in the run folder. The descriptions reach editors through `imdb-rnn config schema`. */
export const configSchema = z
  .strictObject({
    seed: z.int().nonnegative().default(1).describe('Fixes initial weights, validation split and shuffling.'),
    task: z
      .enum(['auto', ...taskNames])
      .default('auto')
      .describe(
        'What is learnt of each text. `classification`: one label of two or more. `multiLabel`: none, one or several labels. `auto`: what the data has.',
      ),
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
  })
  .superRefine(({ model, training }, context) => {
    for (const { path, message } of checkSmoothing(model.type, training)) {
      context.addIssue({ code: 'custom', path: ['training', ...path], message });
    }
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
export type TaskName = (typeof taskNames)[number];
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
