import { join } from 'node:path';
import { openSplit } from '../datasets/open-split.js';
import type { CreatedEnsemble } from '../jobs/create-ensemble.js';
import { ensembleRounds, type MemberRun } from '../jobs/ensemble-rounds.js';
import { print, printJson } from '../terminal/print.js';
import { createShown, printCreated } from './show-ensemble.js';
import type { TrainAndReportOptions } from './train-and-report.js';
import { type TrainedRun, trainPlanned } from './train-planned.js';

/**
 * Trains the members of an ensemble, round after round, or keeps those that have finished, joins them, and prints what they
 * make.
 */
export async function trainMembers(options: TrainAndReportOptions): Promise<void> {
  const { config, notes, json, modelsDir, dataDir } = options;
  const rounds = await ensembleRounds(config, options);
  // That there are no texts to teach with is better told before an hour of training.
  if (rounds.length > 1) await openSplit('unsupervised', { dataset: config.dataset, dataDir });
  const joinsAll = config.model.type === 'ensemble' && config.model.join === 'allRounds';
  const former: TrainedRun<MemberRun>[] = [];
  let created: CreatedEnsemble | undefined;
  for (const [place, round] of rounds.entries()) {
    const title = rounds.length > 1 ? `round ${place + 1} of ${rounds.length}, ` : '';
    if (round.made && !joinsAll) {
      notes.note(`${title}${round.made.path} was made before, and is kept`);
      continue;
    }
    const { trained: members } = await trainPlanned(round.members, {
      ...options,
      titleOf: (_, member) => `${title}member ${member + 1} of ${round.members.length}`,
    });
    if (members.length < round.members.length) {
      const { name } = rounds[rounds.length - 1];
      const done = `${title}${members.length} of ${round.members.length} members are trained`;
      if (json) printJson({ run: null, members: members.map(({ run }) => run.name) });
      else print(`Stopped: ${done}. The same command with --name ${name} goes on.`);
      return;
    }
    if (joinsAll) former.push(...members);
    const isLast = place === rounds.length - 1;
    if (!round.made) {
      created = await joinTrained(round.name, { members: isLast && joinsAll ? former : members, options });
    }
  }
  await printCreated(created!, { modelsDir, dataDir, json });
}

async function joinTrained(
  name: string,
  {
    members,
    options,
  }: { readonly members: readonly TrainedRun<MemberRun>[]; readonly options: TrainAndReportOptions },
): Promise<CreatedEnsemble> {
  const { modelsDir, dataDir, cacheSize, backend, quiet } = options;
  const weights = members.flatMap(({ planned: { weight } }) => (weight === 'fit' ? [] : [weight]));
  return createShown(
    members.map(({ run }) => run),
    {
      ...{ name, modelsDir, dataDir, cacheDir: join(dataDir, 'cache'), cacheSize, backend, quiet },
      ...(weights.length > 0 ? { weights } : { fitWeights: true }),
    },
  );
}
