import { UserError } from '../errors/user-error.js';
import type { SplitName } from './split.js';

/** The error for a split that a data set does not have. */
export function refuseSplit(
  name: SplitName,
  { dataset, has }: { dataset: string; has: readonly SplitName[] },
): UserError {
  const names = `${has.slice(0, -1).join(', ')} and ${has.at(-1)}`;
  const hint =
    name === 'unsupervised'
      ? 'acl-imdb has one (imdb-rnn download --unsupervised), and files of your own may have one (dataset.unsupervised).'
      : 'training.validationSplit holds out a share of the training split.';
  return new UserError(`${dataset} has no ${name} split, only ${names}.`, hint);
}
