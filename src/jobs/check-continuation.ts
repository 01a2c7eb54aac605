import type { Config } from '../config/schema.js';
import { fixedVocabularyOf } from '../datasets/dataset-table.js';
import type { Split, TextSplit } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { RunFolder } from '../runs/run-folder.js';
import { refuseTrained } from '../runs/run-lock.js';
import { settingsDifference } from '../runs/training-identity.js';

const anew = 'Train anew on all of it: imdb-rnn train --config CONFIG --data OLD NEW';

/**
 * The settings of a training that goes on from a run: its task, and its labels first.
 *
 * @param config the run's, with new data
 * @throws UserError when the run is of a kind that cannot go on, is being trained, or reads or computes otherwise than the
 * settings say
 */
export async function checkContinuation(config: Config, run: RunFolder): Promise<Config> {
  await refuseTrained(run.path);
  const former = await run.readConfig();
  if (former.model.type === 'bagOfWords') {
    throw new UserError(
      `${run.path} is a bagOfWords model, which is solved anew on all that it sees: there is nothing to go on from.`,
      anew,
    );
  }
  const fixed = [former, config].find(({ dataset }) => fixedVocabularyOf(dataset));
  if (fixed) {
    throw new UserError(
      `The data set ${fixed.dataset.name} has a vocabulary of its own, which cannot grow.`,
      'Train anew, on texts.',
    );
  }
  if (hasFeatures(former)) throw withFeatures();
  const task = former.task === 'auto' ? 'classification' : former.task;
  const wanted = { ...config, task: config.task === 'auto' ? task : config.task };
  const differing = settingsDifference({ ...former, task }, wanted).filter(
    (line) => /^(text|model|task)\b/.test(line) && !line.startsWith('text.minimumCount:'),
  );
  if (differing.length > 0) {
    throw new UserError(
      [`${run.path} reads texts and computes otherwise than these settings say:`, ...differing].join('\n  '),
      'Leave out what changes `task`, `text` or `model`, or train anew. `training`, `seed` and `text.minimumCount` may differ.',
    );
  }
  const labels = await run.readLabels();
  const { dataset } = config;
  return dataset.name === 'files' ? { ...wanted, dataset: { ...dataset, labels } } : wanted;
}

/**
 * Makes sure that a run can go on with examples.
 *
 * @param options.labels of the run
 * @param options.config what {@link checkContinuation} gave
 * @throws UserError when they are of another task, or lack labels of the run
 */
export function checkNewData(
  split: Split,
  { labels, config }: { readonly labels: readonly string[]; readonly config: Config },
): TextSplit {
  if (split.kind === 'ids') throw new RangeError('word ids have a fixed vocabulary');
  const several = split.several ?? false;
  if (several !== (config.task === 'multiLabel')) {
    throw new UserError(
      several
        ? 'The new data has lists of labels, but the former run gives each text one label.'
        : 'The new data gives each text one label, but the former run tells several labels of a text.',
      several
        ? 'Give each text one label, or train anew.'
        : 'Write labels as lists, or name what stands between them: --set dataset.labelSeparator=|',
    );
  }
  if (!labels.every((label, place) => split.labels[place] === label)) {
    throw new UserError(
      `The new data has the labels ${split.labels.join(', ')}, but the former run's are ${labels.join(', ')}.`,
      'Files of your own may have some of these and others: --data FILE.',
    );
  }
  if (split.features) throw withFeatures();
  return split;
}

function hasFeatures({ dataset }: Config): boolean {
  return dataset.name === 'files' && dataset.features !== undefined;
}

function withFeatures(): UserError {
  return new UserError(
    'A model that reads columns beside the text cannot go on with new data: the columns were scaled by the former examples.',
    anew,
  );
}
