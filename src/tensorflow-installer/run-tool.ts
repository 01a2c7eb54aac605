import { spawn } from 'node:child_process';

export interface ToolOptions {
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: Record<string, string>;
  /** Gets each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** How a program of the system ended. */
export interface ToolResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, without a shell and without a terminal.
 *
 * @returns undefined when there is no such program
 * @throws the signal's reason when it is aborted; the program is ended then
 */
export async function runTool(
  program: string,
  parameters: readonly string[],
  { cwd, env, onLine, signal }: ToolOptions = {},
): Promise<ToolResult | undefined> {
  signal?.throwIfAborted();
  const child = spawn(program, parameters, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C on the terminal goes to every program of its group; this one is ended through the signal, in order.
    detached: true,
  });
  const end = () => endGroup(child.pid);
  signal?.addEventListener('abort', end);
  const output = { stdout: '', stderr: '' };
  let lineStart = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    for (let end = output.stdout.indexOf('\n', lineStart); end >= 0; ) {
      onLine?.(output.stdout.slice(lineStart, end));
      lineStart = end + 1;
      end = output.stdout.indexOf('\n', lineStart);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    signal?.throwIfAborted();
    return { code, ...output };
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** Ends a program and what it has started, such as the compiler proper. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

/** The last lines of what a program said, for an error's message. */
export function lastLines({ stdout, stderr }: ToolResult, count = 6): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  return lines.slice(-count).join('\n');
}
