import { z } from 'zod';
import { scheduleSettings } from '../optimizers/learning-rate.js';
import { optimizerSettings } from '../optimizers/optimizer-table.js';
import { updateKeys } from './update-schema.js';

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);
const share = z.number().min(0).max(1);

/** `training`: how weights are learnt, and what is chosen afterwards. */
export const training = z.strictObject({
  epochs: positiveInteger.default(5).describe('Times that every training example is learnt from, at most.'),
  steps: z
    .union([z.literal('none'), positiveInteger])
    .default('none')
    .describe('Training steps, at most; what the schedule falls over where it comes before the epochs.'),
  minutes: z
    .union([z.literal('none'), z.number().positive()])
    .default('none')
    .describe(
      'Minutes of training, at most. The step that runs is finished, then the model is validated. Where a training ends by the clock, the same seed need not give the same weights.',
    ),
  batchSize: positiveInteger
    .default(32)
    .describe('Examples of a batch: a training step, unless `accumulate` takes several.'),
  batchTokens: z
    .union([z.literal('none'), positiveInteger])
    .default('none')
    .describe(
      'Instead of batchSize: as many examples of a batch as fill so many positions, padding included; more of the short ones, fewer of the long ones.',
    ),
  validationSplit: fraction
    .default(0.1)
    .describe(
      'Share of the training split that is held out to choose the best epoch; the test split is never used for that.',
    ),
  validateEvery: z
    .union([z.literal('epoch'), positiveInteger])
    .default('epoch')
    .describe('After how many steps the model is validated; at the end of each epoch it is in any case.'),
  monitor: z
    .string()
    .default('auto')
    .describe(
      'Figure of the validation that chooses the weights that are kept, stops early and lowers the rate on a plateau: one that `eval --json` names. `auto`: the loss.',
    ),
  earlyStopping: z
    .union([
      z.literal('none'),
      z.strictObject({
        patience: positiveInteger
          .default(3)
          .describe('Validations without improvement before the training ends.'),
        minDelta: z
          .number()
          .nonnegative()
          .default(0)
          .describe('How much better the figure must be to count as improvement.'),
      }),
    ])
    .default('none')
    .describe('Whether the training ends where validation does not get better any more.'),
  logEvery: positiveInteger
    .default(20)
    .describe(
      'Steps that share a line of metrics.jsonl: their mean loss, and the learning rate of the last.',
    ),
  teacher: z
    .union([
      z.literal('none'),
      z.strictObject({ run: z.string().describe('Name of the run in the folder of runs, or its path.') }),
    ])
    .default('none')
    .describe(
      "A run that answers the texts without labels, the data set's split `unsupervised`. They are learnt beside the training examples, each with its likeliest label, counting the more the surer the run is of it. For `classification`.",
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
  adversarial: z
    .union([
      z.literal('none'),
      z.strictObject({
        epsilon: z
          .number()
          .positive()
          .default(0.05)
          .describe(
            "How far an example's word vectors are moved, all of them together: a share of their length.",
          ),
        weight: z.number().positive().default(1).describe('Factor of the loss at the moved vectors.'),
      }),
    ])
    .default('none')
    .describe(
      'Learns from each batch a second time, its word vectors moved to where the loss grows most (adversarial training); a step takes two to three times as long. Of models that learn by gradients.',
    ),
  rDrop: z
    .union([
      z.literal('none'),
      z.strictObject({
        weight: z
          .number()
          .positive()
          .default(1)
          .describe('Factor of the divergence between the answers of both passes.'),
      }),
    ])
    .default('none')
    .describe(
      'Passes each batch through the model twice, with other dropout, and learns to answer alike (R-Drop); a step takes at least twice as long. Of models that learn by gradients and drop something.',
    ),
  optimizer: optimizerSettings.prefault({}),
  schedule: z
    .union([z.literal('auto'), scheduleSettings])
    .default('auto')
    .describe('How the learning rate changes over the training. `auto`: not at all.'),
  ...updateKeys,
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
  checkpoint: z
    .strictObject({
      seconds: z.number().positive().default(30).describe('After so many seconds.'),
      steps: positiveInteger
        .optional()
        .describe('Also after so many steps; default: none but these seconds.'),
    })
    .prefault({})
    .describe(
      'When a training saves itself beside the end of each epoch, to go on from there after a kill. It never takes more than a fiftieth of the time: large models are saved more rarely. The weights do not depend on it.',
    ),
});
