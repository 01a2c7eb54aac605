import { z } from 'zod';
import { optimizerSettings } from '../optimizers/optimizer-table.js';

const positiveInteger = z.int().positive();
const fraction = z.number().min(0).lt(1);
const share = z.number().min(0).max(1);

/** `training`: how weights are learnt, and what is chosen afterwards. */
export const training = z.strictObject({
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
