import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { collect } from './run-cli.js';

/** A program like the real one, with a command that works until it is told to stop, and then for `msLeft` more. */
function startWork(msLeft: number): ChildProcess {
  const program = `
    import { commandTable } from './dist/commands/command-table.js';
    import { runProgram } from './dist/commands/run-program.js';
    import { watchInterrupt } from './dist/terminal/interrupt.js';
    const register = (program) => program.command('work').action(async () => {
      const interrupt = watchInterrupt(() => console.error('finishing'));
      console.log('working');
      await new Promise((resolve) => interrupt.signal.addEventListener('abort', () => setTimeout(resolve, ${msLeft})));
      interrupt.release();
      console.log('saved');
      process.exitCode = interrupt.exitCode;
    });
    commandTable.push({ name: 'work', summary: '', load: async () => register });
    setInterval(() => {}, 1000);
    process.exit(await runProgram(['work'], { exit: process.exit }));`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('../..', import.meta.url),
  });
}

describe.skipIf(process.platform === 'win32')('Ctrl-C (skipped on Windows, which has no signals)', () => {
  it('lets the work end well and gives exit code 130', async () => {
    const child = startWork(300);
    const result = collect(child);
    await once(child.stdout!, 'data');
    child.kill('SIGINT');
    expect(await result).toEqual({
      code: 130,
      signal: null,
      stdout: 'working\nsaved\n',
      stderr: 'finishing\n',
    });
  });

  it('ends the work at once when it comes again', async () => {
    const child = startWork(60_000);
    const result = collect(child);
    await once(child.stdout!, 'data');
    child.kill('SIGINT');
    await once(child.stderr!, 'data');
    await sleep(200);
    child.kill('SIGINT');
    expect(await result).toEqual({ code: 130, signal: null, stdout: 'working\n', stderr: 'finishing\n' });
  });
});
