import { z } from 'zod';

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);

/** Where the reviews come from. */
const dataset = z.strictObject({
  /** `acl-imdb`: the Large Movie Review Dataset, 25,000 + 25,000 raw reviews. `sample`: 2,000 + 1,000 of them, shipped with the program. */
  name: z.enum(['acl-imdb', 'sample']).default('acl-imdb'),
});

/** How a raw review becomes tokens (lecture items 12 to 14). */
const text = z.strictObject({
  /** Only this much of a review's start is read. */
  maxLength: positiveInteger.default(300),
  /** `characters` counts Unicode code points; `bytes` counts UTF-8 bytes, as the lecture's `tf.strings.substr` does. */
  lengthUnit: z.enum(['characters', 'bytes']).default('characters'),
  /** Known words, the padding token (id 0) included: the most frequent tokens of the training split. */
  vocabularySize: positiveInteger.min(2).default(10_000),
  /** Every other word shares one of these ids, chosen by a hash of its bytes. */
  oovBuckets: positiveInteger.default(1_000),
});

const recurrentLayer = z.strictObject({
  cell: z.enum(['gru']),
  /** Size of the state, H. */
  units: positiveInteger.default(128),
  /** `true`: what Keras' `GRU(128)` and cuDNN compute. `false`: the lecture's equation, which stock TF.js can load. */
  resetAfter: z.boolean().default(true),
});

const model = z.strictObject({
  embedding: z
    .strictObject({
      /** Size of a word's vector, E. */
      units: positiveInteger.default(128),
    })
    .prefault({}),
  /** Recurrent layers, the first one nearest to the embedding; the last one hands on its final state. */
  layers: z.array(recurrentLayer).min(1),
});

const training = z.strictObject({
  epochs: positiveInteger.default(5),
  /** Reviews per training step. */
  batchSize: positiveInteger.default(32),
  /** Share of the training split that is held out to choose the best epoch; the test split is never used for that. */
  validationSplit: fraction.default(0.1),
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

/** One reproducible run. Every default is named here and nowhere else; the filled form is stored in the run folder. */
export const configSchema = z.strictObject({
  /** Fixes initial weights, validation split and shuffling. */
  seed: z.int().nonnegative().default(1),
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
