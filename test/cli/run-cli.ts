import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface CliOptions {
  cwd?: string;
  /** Added to the environment; undefined takes a variable out of it. */
  env?: Record<string, string | undefined>;
  /** What stands in standard input; default: nothing. */
  input?: string | Uint8Array;
  /** Options of node itself, before the program. */
  nodeOptions?: readonly string[];
}

export interface CliResult {
  /** Null when a signal has ended the program. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

let binFolder: string | undefined;

/** A PATH on which the built program is `imdb-rnn`, as it is for somebody who has installed it. */
function pathWithProgram(): string | undefined {
  const { PATH } = process.env;
  if (process.platform === 'win32') return PATH;
  if (binFolder === undefined) {
    binFolder = mkdtempSync(join(tmpdir(), 'imdb-rnn-test-bin-'));
    symlinkSync(main, join(binFolder, 'imdb-rnn'));
  }
  return [binFolder, PATH].join(delimiter);
}

/** Starts the built program, for tests that talk to it while it runs; without colours unless `env` asks for them. */
export function startCli(args: readonly string[], options: CliOptions = {}): ChildProcess {
  if (!existsSync(main)) throw new Error('dist/main.js is not there: run `npm run build` before these tests');
  const { cwd, env, nodeOptions = [] } = options;
  // npm says of its scripts, such as the tests, what counts for nothing else.
  const installed = { PATH: pathWithProgram(), npm_lifecycle_event: undefined, npm_command: undefined };
  return spawn(process.execPath, [...nodeOptions, main, ...args], {
    cwd,
    env: {
      ...process.env,
      FORCE_COLOR: undefined,
      NO_COLOR: undefined,
      NODE_OPTIONS: undefined,
      ...installed,
      ...env,
    },
  });
}

/** Runs the built program to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options);
  const result = collect(child);
  child.stdin?.on('error', () => {}).end(options.input ?? '');
  return result;
}

/** What a program that was started writes until its end. */
export function collect(child: ChildProcess): Promise<CliResult> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
}
