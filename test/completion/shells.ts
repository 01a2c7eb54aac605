import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Whether a shell is installed here. */
export function hasShell(shell: Shell): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/** Puts `imdb-rnn` and the scripts into a folder, as a user installs them; `candidatesOf` then works there. */
export function installScripts(folder: string): void {
  mkdirSync(join(folder, 'bin'));
  symlinkSync(main, join(folder, 'bin/imdb-rnn'));
  for (const shell of shells) {
    const script = execFileSync(process.execPath, [main, 'completion', shell]);
    writeFileSync(join(folder, scriptNames[shell]), script);
  }
}

const scriptNames = { bash: 'imdb-rnn.bash', zsh: '_imdb-rnn', fish: 'imdb-rnn.fish' };

/** What a shell offers for the last word of a command line, without descriptions and the / after folders, sorted. */
export function candidatesOf(
  shell: Shell,
  line: string,
  { folder, cwd }: { folder: string; cwd: string },
): string[] {
  const { program, parameters } = commands[shell](line, join(folder, scriptNames[shell]));
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
    TERM: 'dumb',
    // What shells keep of themselves goes into the folder.
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_DATA_HOME: folder,
  };
  const result = spawnSync(program, parameters, { cwd, env, encoding: 'utf8', timeout: 50_000 });
  if (result.status !== 0) throw new Error(`${program}: ${result.stderr}${result.stdout}`);
  if (result.stderr !== '') throw new Error(result.stderr);
  const lines = result.stdout.split('\n').map((each) => each.replace(/\/?\t.*|\/$/, ''));
  return [...new Set(lines)].filter((each) => each !== '').sort();
}

const zshDriver = fileURLToPath(new URL('zsh-candidates.zsh', import.meta.url));
const bashDriver = fileURLToPath(new URL('bash-candidates.bash', import.meta.url));

const commands: Record<Shell, (line: string, script: string) => { program: string; parameters: string[] }> = {
  bash: (line, script) => ({
    program: 'bash',
    parameters: ['--norc', bashDriver, script, ...wordsOfBash(line)],
  }),
  zsh: (line, script) => ({ program: 'zsh', parameters: ['-f', zshDriver, script, line] }),
  fish: (line, script) => ({
    program: 'fish',
    parameters: ['--no-config', '-c', `source ${script}; complete -C ${JSON.stringify(line)}`],
  }),
};

/** The words of COMP_WORDS: bash divides at spaces, and before and after = and :. */
function wordsOfBash(line: string): string[] {
  return line.split(/ +/).flatMap((word) => (word === '' ? [''] : (word.match(/[=:]+|[^=:]+/g) ?? [])));
}
