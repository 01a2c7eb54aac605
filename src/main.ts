#!/usr/bin/env node

/** Of Node.js: major and minor version. */
const minimum = [20, 19];

/** Exit codes: 0 done, 1 error, 2 wrong usage, 130 interrupted twice. Loads nothing before it knows that this Node.js can run it. */
async function main(commandLine: readonly string[]): Promise<number> {
  if (isTooOld(process.version)) {
    process.stderr.write(
      `error: imdb-rnn needs Node.js ${minimum.join('.')} or newer; this is ${process.version}.\n` +
        'hint: Install a current one from nodejs.org.\n',
    );
    return 1;
  }
  if (commandLine[0] === '__complete') {
    const { answer } = await import('./completion/answer.js');
    process.stdout.write(await answer(commandLine.slice(1)));
    return 0;
  }
  const { runProgram } = await import('./commands/run-program.js');
  return runProgram(commandLine, { exit: process.exit });
}

function isTooOld(version: string): boolean {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major < minimum[0] || (major === minimum[0] && minor < minimum[1]);
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
