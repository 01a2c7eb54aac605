import type { Command } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { Config } from '../config/schema.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Summary } from '../runs/summary-file.js';
import { print, printJson } from '../terminal/print.js';
import { dataDirOf } from './data-dir.js';
import { runLine } from './run-line.js';

interface Flags {
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly threads?: number;
}

/** What is not given is as it was when the run was begun: the same data, computed in the same way, to the last bit. */
export async function asBefore<Given extends Flags>(
  run: RunFolder,
  flags: Given,
  command: Command,
): Promise<Given> {
  const { backend, threads } = ((await run.readSummary()) ?? {}) as Partial<Summary>;
  const isOpen = command.getOptionValueSource('backend') === 'default' && typeof backend === 'string';
  const sameBackend = isOpen || flags.backend === backend;
  return {
    ...flags,
    dataDir: await dataDirOf(run, flags, command),
    ...(isOpen && { backend: backend as BackendName }),
    ...(sameBackend && flags.threads === undefined && typeof threads === 'number' && { threads }),
  };
}

/** Says of a run that has finished what it has, and how to train it longer. @returns whether it has */
export async function tellFinished(
  run: RunFolder,
  { config, epochs, modelsDir, json }: { config: Config; epochs?: number; modelsDir: string; json: boolean },
): Promise<boolean> {
  const { status, bestEpoch, ...facts } = ((await run.readSummary()) ?? {}) as Partial<Summary>;
  const trained = (await run.readConfig()).training.epochs;
  if (status !== 'completed' || (epochs ?? trained) !== trained) return false;
  if (json) {
    printJson({ run: run.name, path: run.path, status, bestEpoch, ...facts, epochs: [] });
    return true;
  }
  const again = runLine(['train', '--resume', run.name], { modelsDir });
  print(`${run.path} is finished already: trained for at most ${trained} epochs, kept is epoch ${bestEpoch}.
Train longer:  ${again} --epochs ${2 * config.training.epochs}`);
  return true;
}
