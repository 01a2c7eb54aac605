import { z } from 'zod';

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);

/** Where the reviews come from. */
const dataset = z.strictObject({
  name: z
    .enum(['acl-imdb', 'sample'])
    .default('acl-imdb')
    .describe(
      '`acl-imdb`: the Large Movie Review Dataset, 25,000 + 25,000 raw reviews. `sample`: 2,000 + 1,000 of them, shipped with the program.',
    ),
});

/** How a raw review becomes tokens (lecture items 12 to 14). */
const text = z.strictObject({
  maxLength: positiveInteger.default(300).describe("Only this much of a review's start is read."),
  lengthUnit: z
    .enum(['characters', 'bytes'])
    .default('characters')
    .describe(
      "`characters` counts Unicode code points; `bytes` counts UTF-8 bytes, as the lecture's `tf.strings.substr` does.",
    ),
  vocabularySize: positiveInteger
    .min(2)
    .default(10_000)
    .describe(
      'Known words, the padding token (id 0) included: the most frequent tokens of the training split.',
    ),
  oovBuckets: positiveInteger
    .default(1_000)
    .describe('Every other word shares one of these ids, chosen by a hash of its bytes.'),
});

const recurrentLayer = z.strictObject({
  cell: z.enum(['gru']),
  units: positiveInteger.default(128).describe('Size of the state, H.'),
  resetAfter: z
    .boolean()
    .default(true)
    .describe(
      "`true`: what Keras' `GRU(128)` and cuDNN compute. `false`: the lecture's equation, which stock TF.js can load.",
    ),
});

const model = z.strictObject({
  embedding: z
    .strictObject({
      units: positiveInteger.default(128).describe("Size of a word's vector, E."),
    })
    .prefault({}),
  layers: z
    .array(recurrentLayer)
    .min(1)
    .describe(
      'Recurrent layers, the first one nearest to the embedding; the last one hands on its final state.',
    ),
});

const training = z.strictObject({
  epochs: positiveInteger.default(5),
  batchSize: positiveInteger.default(32).describe('Reviews per training step.'),
  validationSplit: fraction
    .default(0.1)
    .describe(
      'Share of the training split that is held out to choose the best epoch; the test split is never used for that.',
    ),
  optimizer: z
    .strictObject({
      name: z.enum(['adam']).default('adam'),
      learningRate: z.number().positive().default(0.001),
      beta1: fraction.default(0.9),
      beta2: fraction.default(0.999),
      epsilon: z.number().positive().default(1e-7),
    })
    .prefault({}),
});

/** One reproducible run. Every default is named here and nowhere else; the filled form is stored in the run folder. The descriptions reach editors through `imdb-rnn config schema`. */
export const configSchema = z.strictObject({
  seed: z.int().nonnegative().default(1).describe('Fixes initial weights, validation split and shuffling.'),
  dataset: dataset.prefault({}),
  text: text.prefault({}),
  model,
  training: training.prefault({}),
});

/** A filled config: every key present. */
export type Config = z.infer<typeof configSchema>;
export type DatasetConfig = Config['dataset'];
export type TextConfig = Config['text'];
export type ModelConfig = Config['model'];
export type RecurrentLayerConfig = ModelConfig['layers'][number];
export type TrainingConfig = Config['training'];
