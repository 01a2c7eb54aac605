import { commandLine } from './program-name.js';

/** Where runs are, and for commands that read it the data, as the user has named them. */
export interface Places {
  readonly modelsDir: string;
  /** Default: what commands take by themselves. */
  readonly dataDir?: string;
}

/**
 * A command line about a run that works as it stands: it says where runs and data are, unless commands look there by themselves.
 *
 * @param words such as `['eval', '--run', run.name]`
 */
export function runLine(words: readonly string[], { modelsDir, dataDir = 'data' }: Places): string {
  return commandLine([
    ...words,
    ...(modelsDir === 'models' ? [] : ['--models-dir', modelsDir]),
    ...(dataDir === 'data' ? [] : ['--data-dir', dataDir]),
  ]);
}

/** What to do with a run that can answer: lines that begin with a title. */
export function describeNextSteps({ name, path }: { name: string; path: string }, places: Places): string[] {
  return [
    `Run folder:  ${path}`,
    `Measure it:  ${runLine(['eval', '--run', name], places)}`,
    `Use it:      ${runLine(['predict', '--run', name], { modelsDir: places.modelsDir })} "text"`,
  ];
}
