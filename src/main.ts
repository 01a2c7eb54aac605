#!/usr/bin/env node
import { explainOldNode } from './terminal/node-version.js';

/** Exit codes: 0 done, 1 error, 2 wrong usage, 130 interrupted twice. */
async function main(commandLine: readonly string[]): Promise<number> {
  const oldNode = explainOldNode(process.version);
  if (oldNode) {
    process.stderr.write(`error: ${oldNode}\nhint: Install a current one from nodejs.org.\n`);
    return 1;
  }
  const { runProgram } = await import('./commands/run-program.js');
  return runProgram(commandLine, { exit: process.exit });
}

/**
 * What stands in the streams is written first; open sockets and idle threads are not waited for. When the output cannot
 * be written (a full disk), its error event, which follows, decides the exit code.
 */
function exitAfterOutput(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => setImmediate(() => process.exit(code))));
}

main(process.argv.slice(2)).then(exitAfterOutput, (error: unknown) => {
  console.error(error);
  exitAfterOutput(1);
});
