import { z } from 'zod';
import { datasetTable, fixedVocabularyOf } from '../datasets/dataset-table.js';
import type { OptimizerConfig } from '../optimizers/optimizer-table.js';
import { checkGradientSettings } from './check-gradient-settings.js';
import { checkLayers } from './check-layers.js';
import { checkMembers } from './check-members.js';
import { checkOptimizer } from './check-optimizer.js';
import { checkRegularization } from './check-regularization.js';
import { checkSmoothing } from './check-smoothing.js';
import { checkText } from './check-text.js';
import { model } from './model-schema.js';
import { text } from './text-schema.js';
import { training } from './training-schema.js';

/** What can be learnt. */
export const taskNames = ['classification', 'multiLabel'] as const;

type SettingsOf<Table extends readonly { readonly settings: unknown }[]> = {
  -readonly [Row in keyof Table]: Table[Row]['settings'];
};

/** Where the examples come from: the settings of one of the data sets. */
const dataset = z.discriminatedUnion(
  'name',
  // What map makes of a tuple is an array to TypeScript.
  datasetTable.map(({ settings }) => settings) as unknown as SettingsOf<typeof datasetTable>,
);

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
    seeds: z
      .int()
      .positive()
      .default(1)
      .describe(
        'Runs that `imdb-rnn train` trains, with the seeds `seed`, `seed` + 1, ...; each run has its own.',
      ),
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
    unknown,
  })
  .superRefine((config, context) => {
    for (const { path, message } of checkText(config)) {
      context.addIssue({ code: 'custom', path: ['text', ...path], message });
    }
  })
  .superRefine(({ model }, context) => {
    if (model.type === 'ensemble') {
      for (const { path, message } of checkMembers(model.members)) {
        context.addIssue({ code: 'custom', path: ['model', ...path], message });
      }
    }
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
    const contradictions = [
      ...checkSmoothing(model.type, training),
      ...checkGradientSettings(model.type, training),
      ...checkRegularization(model, training),
    ];
    for (const { path, message } of contradictions) {
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
    // A bag of words has a solver of its own, and an ensemble none: what it was filled with for an optimizer has no say.
    const { optimizer: _idle, ...rest } = config.training;
    const isIdle = config.model.type === 'bagOfWords' || config.model.type === 'ensemble';
    const training: typeof rest & { optimizer?: OptimizerConfig } = isIdle ? rest : config.training;
    return { ...config, training };
  });

/** A filled config: every key that has a say is present. */
export type Config = z.infer<typeof configSchema>;
export type TaskName = (typeof taskNames)[number];
export type DatasetConfig = Config['dataset'];
export type TextConfig = Config['text'];
export type ModelConfig = Config['model'];
/** A model that has weights of its own. */
export type TrainedModelConfig = Exclude<ModelConfig, { type: 'ensemble' }>;
export type ModelType = ModelConfig['type'];
export type RecurrentModelConfig = Extract<ModelConfig, { type: 'recurrent' }>;
export type ConvolutionModelConfig = Extract<ModelConfig, { type: 'conv1d' }>;
export type AveragedEmbeddingConfig = Extract<ModelConfig, { type: 'averagedEmbedding' }>;
export type EnsembleConfig = Extract<ModelConfig, { type: 'ensemble' }>;
type MemberConfig = EnsembleConfig['members'][number];
/** A run that was joined to an ensemble. */
export type JoinedMember = Extract<MemberConfig, { name: string }>;
/** Runs of a config that an ensemble is to have. */
export type PlannedMember = Extract<MemberConfig, { config: string }>;
export type BagOfWordsConfig = Extract<ModelConfig, { type: 'bagOfWords' }>;
export type RecurrentLayerConfig = RecurrentModelConfig['layers'][number];
/** Without `optimizer` where the model has a solver of its own. */
export type TrainingConfig = Config['training'];
