import { readdir } from 'node:fs/promises';
import { configName, isYaml, packagedConfigs } from '../config/packaged-configs.js';
import { packagedRun, runNames } from '../runs/run-names.js';
import type { Candidate } from './candidate.js';

/** What only a look at the disk can tell. */
export const dynamicKinds = ['run', 'ownRun', 'config', 'setting'] as const;
export type DynamicKind = (typeof dynamicKinds)[number];

/**
 * What may stand for a value that is begun. Quick: nothing here loads TensorFlow.js.
 *
 * @param word what was typed of it
 * @param commandLine the words before it, which may name a folder of runs or a config
 */
export async function dynamicValues(
  kind: DynamicKind,
  { word, commandLine }: { readonly word: string; readonly commandLine: readonly string[] },
): Promise<Candidate[]> {
  const candidates = await allOf(kind, { word, commandLine });
  return candidates.filter(({ value }) => value.startsWith(word));
}

async function allOf(
  kind: DynamicKind,
  { word, commandLine }: { readonly word: string; readonly commandLine: readonly string[] },
): Promise<readonly Candidate[]> {
  switch (kind) {
    case 'setting': {
      const { settingCandidates } = await import('./setting-candidates.js');
      const config = valuesOf('--config', commandLine).at(-1) ?? configArgument(commandLine);
      return settingCandidates(word, { config, set: valuesOf('--set', commandLine) });
    }
    case 'config':
      return configs();
    default: {
      const names = await runNames(valuesOf('--models-dir', commandLine).at(-1) ?? 'models');
      const runs = names.map((value) => ({ value }));
      if (kind === 'ownRun' || names.includes(packagedRun)) return runs;
      return [...runs, { value: packagedRun, description: 'ships with the program' }];
    }
  }
}

async function configs(): Promise<Candidate[]> {
  const files = (await readdir('.').catch(() => [])).filter(isYaml).sort();
  const packaged = await packagedConfigs();
  return [
    ...packaged.map(({ name, summary }) => ({ value: name, description: summary })),
    ...files
      .filter((file) => !packaged.some(({ name }) => name === configName(file)))
      .map((value) => ({ value, description: 'file' })),
  ];
}

/** The values of an option, as `--set a=1` or `--set=a=1`. */
function valuesOf(option: string, words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)];
    return word === option && words[index + 1] !== undefined ? [words[index + 1]] : [];
  });
}

/** `gru2` of `config print gru2 --set`. */
function configArgument(words: readonly string[]): string | undefined {
  const print = words.indexOf('print');
  return print > 0 && words[print - 1] === 'config' ? words[print + 1] : undefined;
}
