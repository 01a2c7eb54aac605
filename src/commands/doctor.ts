import type { Command } from 'commander';

/** `imdb-rnn doctor`: what can compute on this machine, and what is missing for the rest. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('show what can compute here, and what is missing')
    .option(
      '--dir <folder>',
      'where native installations are (default: imdb-rnn/native in your cache folder)',
    )
    .option('--json', 'print JSON', false)
    .action(doctor)
    .addHelpText('after', '\nExamples:\n  $ imdb-rnn doctor\n  $ imdb-rnn doctor --json');
}

async function doctor({ dir, json }: { dir?: string; json: boolean }): Promise<void> {
  const [{ examineMachine }, { wasmFacts }, { formatExamination }, { selfTestInProcess }, tries, output] =
    await Promise.all([
      import('../tensorflow-installer/examine-machine.js'),
      import('../backends/wasm/facts.js'),
      import('./format-examination.js'),
      import('./native-self-test.js'),
      import('./try-backend.js'),
      import('../terminal/print.js'),
    ]);
  const examination = await examineMachine({ folder: dir, selfTest: selfTestInProcess });
  const wasm = { ...wasmFacts(), problem: await tries.problemOfBackend('wasm') };
  if (json) output.printJson({ ...examination, wasm }, { indent: 2 });
  else output.print(formatExamination(examination, wasm));
  if (wasm.problem !== undefined) process.exitCode = 1;
}
