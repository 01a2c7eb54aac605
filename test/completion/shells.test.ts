import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/tiny-run.js';
import { candidatesOf, hasShell, installScripts, type Shell, shells } from './shells.js';

let folder: string;
let cwd: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  installScripts(folder);
  cwd = join(folder, 'work');
  for (const run of ['models/first', 'models/second', 'elsewhere/third']) {
    await mkdir(join(cwd, run), { recursive: true });
    await writeFile(join(cwd, run, 'config.yaml'), '');
  }
  await writeFile(join(cwd, 'mine.yaml'), 'model:\n  type: bagOfWords\n');
  await writeFile(join(cwd, 'texts.csv'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const configs = ['gru', 'gru-small', 'gru2', 'gru2-classic', 'gru2-lecture'];

/** What bash offers is only what stands behind the last =, where it divides words. */
const settingOf = (shell: Shell, key: string, values: readonly string[]) =>
  values.map((value) => (shell === 'bash' ? value : `${key}=${value}`));

describe.each(shells)('%s', (shell) => {
  const isThere = hasShell(shell);
  const complete = (line: string) => candidatesOf(shell, line, { folder, cwd });

  it.skipIf(!isThere).each<[string, string, readonly string[]]>([
    ['commands', 'imdb-rnn pre', ['predict', 'prepare']],
    ['verbs of a command', 'imdb-rnn runs re', ['remove', 'rename']],
    ['commands after help', 'imdb-rnn help doc', ['doctor']],
    ['options of a verb', 'imdb-rnn runs prune --older', ['--older-than']],
    ['values of an option', 'imdb-rnn eval --backend c', ['compiled', 'cpu', 'cuda']],
    ['values of an argument', 'imdb-rnn completion f', ['fish']],
    ['packaged configs', 'imdb-rnn train --config gr', configs],
    ['configs of this folder', 'imdb-rnn config check min', ['mine.yaml']],
    ['runs, and the packaged one', 'imdb-rnn predict --run ', ['first', 'gru-small', 'second']],
    ['runs that can go on', 'imdb-rnn train --resume ', ['first', 'second']],
    ['runs of another folder', 'imdb-rnn eval --models-dir elsewhere --run t', ['third']],
    ['runs to remove, also after others', 'imdb-rnn runs remove first s', ['second']],
    ['folders, where no run begins so', 'imdb-rnn predict --run elsew', ['elsewhere']],
    ['files of data', 'imdb-rnn train --data te', ['texts.csv']],
    [
      'keys of --set',
      'imdb-rnn train --config gru2 --set training.batch',
      ['training.batchSize=', 'training.batchTokens='],
    ],
    [
      'keys of --set that the named config has',
      'imdb-rnn train --config mine.yaml --set model.w',
      ['model.weighting='],
    ],
  ])(`completes %s${isThere ? '' : ` (skipped: no ${shell} here)`}`, (_, line, expected) => {
    expect(complete(line)).toEqual(expected);
  });

  it.skipIf(!isThere)(`completes values of --set${isThere ? '' : ` (skipped: no ${shell} here)`}`, () => {
    const key = 'text.tokenizer';
    const expected = ['characters', 'keras', 'letters', 'punctuation', 'subwords', 'words'];
    expect(complete(`imdb-rnn train --config gru2 --set ${key}=`)).toEqual(settingOf(shell, key, expected));
    expect(complete(`imdb-rnn train --config gru2 --set seed=1 --set ${key}=w`)).toEqual(
      settingOf(shell, key, ['words']),
    );
  });

  it.skipIf(!isThere)(`offers nothing for a text${isThere ? '' : ` (skipped: no ${shell} here)`}`, () => {
    expect(complete('imdb-rnn predict tex')).toEqual([]);
    expect(complete('imdb-rnn train --seed ')).toEqual([]);
  });
});
