import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plannedMembers } from '../config/ensemble-members.js';
import { fillConfig } from '../config/fill-config.js';
import { loadConfig } from '../config/load-config.js';
import { configName } from '../config/packaged-configs.js';
import type { Config, PlannedMember } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { checkFreeName } from '../runs/create-ensemble-run.js';
import { RunFolder } from '../runs/run-folder.js';
import { freeFront, type PlannedRun, plannedRun } from './planned-run.js';

/** One of the trainings that an ensemble needs. */
export interface MemberRun extends PlannedRun {
  readonly weight: PlannedMember['weight'];
}

/** What leaves an ensemble: the trainings of its members. */
export interface EnsembleRound {
  /** Of the ensemble. */
  readonly name: string;
  readonly members: readonly MemberRun[];
  /** The ensemble, where an earlier call has made it. */
  readonly made?: RunFolder;
}

/**
 * The rounds of an ensemble that is given by configs: the last one leaves `<name>`, each before it `<name>-round-<n>`, the teacher
 * of the next. Of a round's name and the member's config its runs are called, `<round>-<config>`, or `<round>-<config>-seed-<s>`
 * where a member has several seeds.
 *
 * @param options.name of the ensemble; default: the config's name, the date and the first number that is free
 * @throws UserError when a member's config is wrong or does not go with the data set, the ensemble's name is taken, or a run of a
 *   member's name is being trained or was trained with other settings
 */
export async function ensembleRounds(
  config: Config,
  options: { name?: string; configName: string; modelsDir: string },
): Promise<EnsembleRound[]> {
  const { modelsDir } = options;
  if (config.seeds > 1) {
    throw new UserError(
      `seeds is ${config.seeds}, but an ensemble is trained once.`,
      'Give its members seeds (model.members), or train ensembles with other seeds one by one.',
    );
  }
  const front = options.name ?? (await freeFront(modelsDir, options.configName));
  checkFreeName(modelsDir, front);
  const count = config.model.type === 'ensemble' ? config.model.rounds : 1;
  const rounds: EnsembleRound[] = [];
  for (let round = 1; round <= count; round++) {
    const roundName = round === count ? front : `${front}-round-${round}`;
    const teacher = rounds.at(-1)?.name;
    const isMade = existsSync(join(modelsDir, roundName));
    rounds.push({
      name: roundName,
      members: await membersOf(config, { front: roundName, teacher, modelsDir }),
      ...(isMade && { made: new RunFolder(join(modelsDir, roundName)) }),
    });
  }
  return rounds;
}

async function membersOf(
  config: Config,
  { front, teacher, modelsDir }: { front: string; teacher: string | undefined; modelsDir: string },
): Promise<MemberRun[]> {
  const members: MemberRun[] = [];
  for (const member of plannedMembers(config.model)) {
    const loaded = await loadConfig(member.config, [...member.set, ...(teacher ? member.setTaught : [])]);
    if (loaded.config.model.type === 'ensemble') throw ensembleOfEnsembles(member.config);
    const memberName = `${front}-${configName(loaded.path)}`;
    for (let place = 0; place < member.seeds; place++) {
      const seed = config.seed + place;
      const ensemble = { ...config, seed };
      const own = configOfMember(loaded.config, { ensemble, teacher, origin: loaded.path });
      const name = member.seeds === 1 ? memberName : `${memberName}-seed-${seed}`;
      members.push({ weight: member.weight, ...(await plannedRun(name, { config: own, modelsDir })) });
    }
  }
  return members;
}

/** A config as a member of an ensemble is trained by it: on the ensemble's data, with what decides as the ensemble's does. */
function configOfMember(
  own: Config,
  {
    ensemble,
    teacher,
    origin,
  }: { readonly ensemble: Config; readonly teacher: string | undefined; readonly origin: string },
): Config {
  const { dataset, task, seed } = ensemble;
  const { validationSplit, threshold, calibrate } = ensemble.training;
  return fillConfig(
    {
      ...{ ...own, dataset, task, seed, seeds: 1 },
      training: {
        ...{ ...own.training, validationSplit, threshold, calibrate },
        ...(teacher && { teacher: { run: teacher } }),
      },
    },
    origin,
  );
}

function ensembleOfEnsembles(config: string): UserError {
  return new UserError(
    `model.members names ${config}, which is an ensemble itself.`,
    'Name the configs of its members instead.',
  );
}
