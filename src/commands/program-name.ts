import { existsSync, realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';

/** How a process was started, as far as it tells what to type to start it again. */
export interface Started {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly cwd: string;
}

/**
 * What starts this program from where the user stands: `imdb-rnn` where that is on the PATH, `npx imdb-rnn` where npx has
 * started it, else node and the file.
 */
export function programName(started: Started = currentProcess()): string {
  const { argv, env, platform, cwd } = started;
  const script = argv[1] ?? '';
  // Whatever npx starts hands this on to what it starts.
  if (env.npm_command === 'exec' && /[\\/]node_modules[\\/]/.test(script)) return 'npx imdb-rnn';
  if (isOnPath(script, started)) return 'imdb-rnn';
  const near = relative(cwd, script);
  const isBelow = !near.startsWith('..') && !isAbsolute(near);
  return `node ${quoted(isBelow ? near : script, platform)}`;
}

/** A command line of this program that works as it stands; words that a shell would take apart are quoted. */
export function commandLine(words: readonly string[], started: Started = currentProcess()): string {
  return [programName(started), ...words.map((word) => quoted(word, started.platform))].join(' ');
}

/** Puts what starts this program into a sentence that says `imdb-rnn train ...`. */
export function withProgramName(
  text: string,
  verbs: readonly string[],
  started: Started = currentProcess(),
): string {
  const named = new RegExp(`(?<![\\w/-])imdb-rnn (?=(?:${verbs.join('|')})\\b)`, 'g');
  return text.replace(named, () => `${programName(started)} `);
}

function currentProcess(): Started {
  const { argv, env, platform } = process;
  return { argv, env, platform, cwd: workingFolder() };
}

/** A working folder that was removed has no path. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

function isOnPath(script: string, { env, platform }: Started): boolean {
  // npm puts the programs of packages on the PATH of its scripts, and of nothing else.
  if (env.npm_lifecycle_event !== undefined) return false;
  const name = platform === 'win32' ? 'imdb-rnn.cmd' : 'imdb-rnn';
  const found = (env.PATH ?? env.Path ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) return false;
  return platform === 'win32' || realpathSync(found) === realpathSync(script);
}

function quoted(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (platform === 'win32')
    return /^[\w@%+=:,.\\/-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
