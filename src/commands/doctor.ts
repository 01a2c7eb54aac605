import type { Command } from 'commander';

interface DoctorFlags {
  readonly dir?: string;
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly speed: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn doctor`: what there is here to compute with and on, and what is missing. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('show what can compute here, what data and runs there are, and what is missing')
    .option(
      '--dir <folder>',
      'where native installations are (default: imdb-rnn/native in your cache folder)',
    )
    .option('--data-dir <folder>', 'where the data is', 'data')
    .option('--models-dir <folder>', 'where the runs are', 'models')
    .option('--no-speed', 'do not measure the speed, which takes about five seconds')
    .option('--json', 'print JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .action(doctor)
    .addHelpText(
      'after',
      `
Every backend that is installed computes something, every data set that is there is read, every run is looked at. The speed is
that of training gru2-lecture on the packaged sample, beside what two cores of an AMD EPYC did with nothing else to do: other programs
that run meanwhile count against it.

Examples:
  $ imdb-rnn doctor
  $ imdb-rnn doctor --no-speed
  $ imdb-rnn doctor --json > doctor.json`,
    );
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const [{ diagnose }, { selfTestInProcess }, { createNotes }, output] = await Promise.all([
    import('../diagnosis/diagnose.js'),
    import('./native-self-test.js'),
    import('../terminal/notes.js'),
    import('../terminal/print.js'),
  ]);
  const { dir, dataDir, modelsDir, speed, json } = flags;
  const notes = createNotes(flags);
  const diagnosis = await diagnose({
    ...{ dataDir, modelsDir, speed, nativeFolder: dir, selfTest: selfTestInProcess },
    onPart: (part) => notes.note(`looking at ${part} ...`),
  });
  if (json) {
    const { diagnosisRecord } = await import('./diagnosis-record.js');
    output.printJson(diagnosisRecord(diagnosis), { indent: 2 });
  } else output.print((await import('./format-diagnosis.js')).formatDiagnosis(diagnosis));
  if (diagnosis.wasm.problem !== undefined) process.exitCode = 1;
}
