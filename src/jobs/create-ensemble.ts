import { getBackend } from '@tensorflow/tfjs-core';
import { fillConfig } from '../config/fill-config.js';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import type { PredictRunOptions } from '../evaluation/predict-run.js';
import { runCost } from '../evaluation/run-cost.js';
import { checkFreeName, createEnsembleRun } from '../runs/create-ensemble-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { averageOutputs } from '../tasks/average-outputs.js';
import { decide } from '../tasks/decide.js';
import type { Decision } from '../tasks/decision.js';
import { type FittedWeights, fitWeights } from '../tasks/fit-weights.js';
import { openTask } from '../tasks/open-task.js';
import { answersOfMembers, type HeldOutAnswers } from './answers-of-members.js';
import { type Candidate, checkMembers } from './check-members.js';
import { writeReports } from './write-reports.js';

export interface CreateEnsembleOptions extends Pick<PredictRunOptions, 'cacheDir' | 'cacheSize'> {
  /** Of the new run. */
  readonly name: string;
  readonly modelsDir: string;
  /** How much each run's probabilities count, in their order; above 0. Default: all alike. */
  readonly weights?: readonly number[];
  /** Chooses the weights on the examples that none of the runs has learnt from; default false. */
  readonly fitWeights?: boolean;
  /** Where datasets are; examples are read only where weights, thresholds or temperatures are chosen. */
  readonly dataDir: string;
  /** Examples computed at once; changes the speed only. Default 128. */
  readonly batchSize?: number;
  /** What computes; default: the current backend's name, one thread. */
  readonly backend?: PredictRunOptions['backend'];
  /** Is told how far the computing is, over all runs. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface CreatedEnsemble {
  readonly run: RunFolder;
  /** In the order of their folders. */
  readonly members: readonly { readonly name: string; readonly weight: number }[];
  /** Runs that were left out, since they only do harm on the held-out examples. */
  readonly leftOut: readonly string[];
  /** Where weights were chosen; `weights` are those of all runs that were named. */
  readonly fit?: FittedWeights & { readonly examples: number };
  readonly decision?: Decision;
}

/**
 * Joins runs to one whose probabilities are the weighted mean of theirs, each at its own temperature: a run folder as any other,
 * with whole copies of what its members need. Its data set, and what tells how much is read of a text and which texts are
 * foreign, are those of the first run. Where the first run's settings ask for a threshold or for calibration, these are chosen for
 * the mean, on examples that no member has learnt from.
 *
 * @throws UserError when the runs do not fit together, the weights do not fit the runs, the name is taken, or there are no
 *   examples to choose weights on
 */
export async function createEnsemble(
  runs: readonly RunFolder[],
  options: CreateEnsembleOptions,
): Promise<CreatedEnsemble> {
  const { name, modelsDir } = options;
  checkFreeName(modelsDir, name);
  const candidates = await checkMembers(runs);
  checkWeights(options, runs.length);
  const [{ config }] = candidates;
  const labels = await runs[0].readLabels();
  const task = openTask(config.task, labels, { monitor: config.training.monitor });
  const { threshold, calibrate } = config.training;
  const isDecided = threshold !== 'none' || calibrate;
  const answers = await heldOutAnswers(runs, { ...options, isDecided });
  const fit =
    options.fitWeights && answers
      ? { ...fitWeights(answers.members, { ...answers, task }), examples: answers.examples }
      : undefined;
  const weights = fit?.weights ?? options.weights ?? runs.map(() => 1);
  const kept = candidates.map((_, place) => place).filter((place) => weights[place] > 0);
  if (kept.length < 2) throw oneIsEnough(candidates[kept[0]], fit?.examples ?? 0);
  const members = kept.map((place) => ({ ...candidates[place], weight: weights[place] }));
  const decision = decideMean();
  const run = await createEnsembleRun(modelsDir, {
    ...{ name, labels, members, decision },
    config: ensembleConfig(members),
  });
  await writeReports(run, await factsOf(members));
  return {
    run,
    members: members.map((member) => ({ name: member.run.name, weight: member.weight })),
    leftOut: candidates.filter((_, place) => weights[place] === 0).map((each) => each.run.name),
    ...(fit && { fit }),
    ...(decision && { decision }),
  };

  function decideMean(): Decision | undefined {
    if (!isDecided) return undefined;
    if (!answers) return { examples: 0 };
    const said = kept.map((place, at) => ({ ...answers.members[place], weight: members[at].weight }));
    return decide(
      task,
      { outputs: averageOutputs(said), targets: answers.targets },
      { threshold, calibrate },
    );
  }
}

/** What the runs say of the examples that none of them has learnt from; `undefined` where that is not needed, or there are none. */
async function heldOutAnswers(
  runs: readonly RunFolder[],
  { isDecided, ...options }: CreateEnsembleOptions & { readonly isDecided: boolean },
): Promise<HeldOutAnswers | undefined> {
  if (!options.fitWeights && !isDecided) return undefined;
  const { batchSize = 128, backend = { name: getBackend(), threads: 1 } } = options;
  const answers = await answersOfMembers(runs, { ...options, batchSize, backend });
  if (!answers && options.fitWeights) {
    throw new UserError(
      `No example was held out by all ${runs.length} runs: each was learnt from by at least one of them.`,
      'Give weights with --weights, or train the runs with the same seed and training.validationSplit.',
    );
  }
  return answers;
}

function checkWeights({ weights, fitWeights: fits }: CreateEnsembleOptions, runs: number): void {
  if (!weights) return;
  if (fits) {
    throw new UserError('Weights are given, and are to be chosen, too.', 'Use --weights or --fit-weights.');
  }
  const isFitting = weights.length === runs && weights.every((weight) => weight > 0 && weight < Infinity);
  if (isFitting) return;
  throw new UserError(
    `The weights are ${weights.join(', ')}, expected ${runs} numbers above 0, one for each run.`,
    'A run that is to have no say is left out.',
  );
}

function oneIsEnough({ run }: Candidate, examples: number): UserError {
  return new UserError(
    `On ${examples} held-out examples ${run.name} alone has a lower log loss than any mean with the others.`,
    `Use ${run.name} by itself, or give the weights with --weights.`,
  );
}

/** What is shared is the first member's; what only its training needed is left out. */
function ensembleConfig(members: readonly (Candidate & { readonly weight: number })[]): Config {
  const { seed, task, dataset, text, unknown, training } = members[0].config;
  const { validationSplit, monitor, threshold, calibrate } = training;
  const named = members.map(({ run, weight }) => ({ name: run.name, weight }));
  return fillConfig(
    {
      ...{ seed, task, dataset, text, unknown },
      model: { type: 'ensemble', members: named },
      training: { validationSplit, monitor, threshold, calibrate },
    },
    'the ensemble',
  );
}

async function factsOf(members: readonly Candidate[]) {
  const costs = [];
  for (const { run } of members) costs.push(await runCost(run));
  const seconds = costs.map(({ trainingSeconds }) => trainingSeconds);
  const known = seconds.filter((each) => each !== null);
  return {
    status: 'completed',
    parameters: costs.reduce((sum, { parameters }) => sum + parameters, 0),
    ...(known.length === seconds.length && { seconds: known.reduce((sum, each) => sum + each, 0) }),
  };
}
