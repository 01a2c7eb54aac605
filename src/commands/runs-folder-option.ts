import { statSync } from 'node:fs';
import { Option } from 'commander';
import { explainFileError } from '../errors/system-error.js';
import { UserError } from '../errors/user-error.js';

/** `--models-dir FOLDER` of a command that reads runs, as `options.modelsDir`; a folder that is named has to be there. */
export function runsFolderOption(): Option {
  return new Option('--models-dir <folder>', 'where the runs are').default('models').argParser(presentFolder);
}

function presentFolder(path: string): string {
  const hint = 'Check --models-dir: the folder that holds the folders of runs.';
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw explainFileError(error, `read the runs in ${path}`, { hint });
  }
  if (!isFolder) throw new UserError(`${path} is a file, a folder with runs was expected.`, hint);
  return path;
}
