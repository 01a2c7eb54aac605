import { join } from 'node:path';
import { openSplit } from '../datasets/open-split.js';
import { type CreatedEnsemble, createEnsemble } from '../jobs/create-ensemble.js';
import { type EnsembleRound, ensembleRounds, type MemberRun } from '../jobs/ensemble-rounds.js';
import type { RunFolder } from '../runs/run-folder.js';
import { print, printJson } from '../terminal/print.js';
import { Progress } from '../terminal/progress.js';
import { createdRecord, describeCreated } from './describe-ensemble.js';
import { type TrainAndReportOptions, trainAndShow } from './train-and-report.js';

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
  const former: Member[] = [];
  let created: CreatedEnsemble | undefined;
  for (const [place, round] of rounds.entries()) {
    const title = rounds.length > 1 ? `round ${place + 1} of ${rounds.length}, ` : '';
    if (round.made && !joinsAll) {
      notes.note(`${title}${round.made.path} was made before, and is kept`);
      continue;
    }
    const members = await trainRound(round, { options, title });
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
  if (json) printJson(createdRecord(created!));
  else print(await describeCreated(created!, { modelsDir, dataDir }));
}

/** A run that an ensemble is made of. */
interface Member {
  readonly run: RunFolder;
  readonly weight: MemberRun['weight'];
}

/** @returns the members that have finished, fewer than all where it was stopped */
async function trainRound(
  { members }: EnsembleRound,
  { options, title }: { readonly options: TrainAndReportOptions; readonly title: string },
): Promise<Member[]> {
  const { notes, signal } = options;
  const trained: Member[] = [];
  for (const [place, { name, config, begun, isFinished, weight }] of members.entries()) {
    const what = `${title}member ${place + 1} of ${members.length}`;
    if (begun && isFinished) {
      notes.note(`${what}: ${begun.path} has finished before, and is kept`);
      trained.push({ run: begun, weight });
      continue;
    }
    if (signal?.aborted) return trained;
    notes.note(`${what}: ${begun ? 'going on with' : 'training'} ${name}`);
    const { finished } = await trainAndShow({ ...options, config, name, resume: begun });
    if (finished.status !== 'completed') return trained;
    trained.push({ run: finished.run, weight });
  }
  return trained;
}

async function joinTrained(
  name: string,
  { members, options }: { readonly members: readonly Member[]; readonly options: TrainAndReportOptions },
): Promise<CreatedEnsemble> {
  const { modelsDir, dataDir, cacheSize, backend, quiet } = options;
  const weights = members.flatMap(({ weight }) => (weight === 'fit' ? [] : [weight]));
  const runs = members.map(({ run }) => run);
  let bar: Progress | undefined;
  return createEnsemble(runs, {
    ...{ name, modelsDir, dataDir, cacheDir: join(dataDir, 'cache'), cacheSize, backend },
    ...(weights.length > 0 ? { weights } : { fitWeights: true }),
    onProgress(done, total) {
      bar ??= new Progress('held-out examples', { total, unit: 'examples', quiet });
      bar.update(done);
    },
  }).finally(() => bar?.stop());
}
