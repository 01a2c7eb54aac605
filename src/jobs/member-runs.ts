import { basename } from 'node:path';
import { plannedMembers } from '../config/ensemble-members.js';
import { fillConfig } from '../config/fill-config.js';
import { loadConfig } from '../config/load-config.js';
import type { Config, PlannedMember } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { checkFreeName } from '../runs/create-ensemble-run.js';
import { freeFront, type PlannedRun, plannedRun } from './planned-run.js';

/** One of the trainings that an ensemble needs. */
export interface MemberRun extends PlannedRun {
  readonly weight: PlannedMember['weight'];
}

/**
 * The trainings of an ensemble that is given by configs: `<name>-<config>`, or `<name>-<config>-seed-<s>` where a member has several
 * seeds.
 *
 * @param options.name of the ensemble; default: the config's name, the date and the first number that is free
 * @throws UserError when a member's config is wrong or does not go with the data set, the ensemble's name is taken, or a run of a
 *   member's name is being trained or was trained with other settings
 */
export async function memberRuns(
  config: Config,
  { name, configName, modelsDir }: { name?: string; configName: string; modelsDir: string },
): Promise<{ readonly name: string; readonly runs: readonly MemberRun[] }> {
  if (config.seeds > 1) {
    throw new UserError(
      `seeds is ${config.seeds}, but an ensemble is trained once.`,
      'Give its members seeds (model.members), or train ensembles with other seeds one by one.',
    );
  }
  const front = name ?? (await freeFront(modelsDir, configName));
  checkFreeName(modelsDir, front);
  const runs: MemberRun[] = [];
  for (const member of plannedMembers(config.model)) {
    const loaded = await loadConfig(member.config);
    if (loaded.config.model.type === 'ensemble') throw ensembleOfEnsembles(member.config);
    const memberName = `${front}-${basename(loaded.path).replace(/\.ya?ml$/, '')}`;
    for (let place = 0; place < member.seeds; place++) {
      const seed = config.seed + place;
      const own = configOfMember(loaded.config, { ensemble: { ...config, seed }, origin: loaded.path });
      const runName = member.seeds === 1 ? memberName : `${memberName}-seed-${seed}`;
      runs.push({ weight: member.weight, ...(await plannedRun(runName, { config: own, modelsDir })) });
    }
  }
  return { name: front, runs };
}

/** A config as a member of an ensemble is trained by it: on the ensemble's data, with what decides as the ensemble's does. */
function configOfMember(
  own: Config,
  { ensemble, origin }: { readonly ensemble: Config; readonly origin: string },
): Config {
  const { dataset, task, seed } = ensemble;
  const { validationSplit, threshold, calibrate } = ensemble.training;
  return fillConfig(
    {
      ...{ ...own, dataset, task, seed, seeds: 1 },
      training: { ...own.training, validationSplit, threshold, calibrate },
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
