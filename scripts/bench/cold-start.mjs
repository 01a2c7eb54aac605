// How long a user waits: node scripts/bench/cold-start.mjs [--archive FILE] [--rounds 3] [--steps 60] [--json FILE]
//
// In fresh temporary folders, with the program as it was built (npm run build first):
//   cold     `imdb-rnn download --archive FILE`, then `imdb-rnn train --config gru2` up to the end of its first step
//   cached   `imdb-rnn train --config gru2` again, now that examples and vocabulary are prepared
//   memory   the most that those two trainings had, stopped by Ctrl-C after --steps steps (run.json, peakMemoryBytes)
//   predict  `imdb-rnn predict "text"` with the run just trained (named, lest another model be taken), from start to end
// "Cold" is about the program's own files: the system still has the archive and Node in its file cache.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkBuilt } from './built-package.mjs';
import { findArchive } from './cold-start/find-archive.mjs';
import { measureWaiting } from './cold-start/measure-waiting.mjs';
import { UsageError, wholeNumber } from './command-line.mjs';
import { describeMachine, loadAverage, thisMachine, warnOfLoad } from './machine.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const usage =
  'usage: node scripts/bench/cold-start.mjs [--archive FILE] [--rounds 3] [--steps 60] [--json FILE]';

try {
  const options = readOptions();
  const warning = checkBuilt();
  if (warning) console.error(warning);
  const { formatTable } = await import('../../dist/terminal/table.js');
  const machine = thisMachine();
  const date = new Date().toISOString();
  const before = loadAverage();
  const busy = warnOfLoad(before, machine.cores);
  if (busy) console.error(busy);
  const figures = await measureWaiting(makeTemporaryFolder(), {
    ...options,
    onNote: (line) => console.error(line),
  });
  const load = { before, after: loadAverage() };
  console.log(`${date}: ${describeMachine(machine)}`);
  console.log(`Load average ${load.before} before, ${load.after} after (this measurement included).\n`);
  const rows = figures.map(({ name, value, unit, range, target, verdict, detail }) => {
    const shown = range.map((number) => number.toFixed(2)).join(' to ');
    return [name, `${value.toFixed(2)} ${unit}`, shown, `at most ${target} ${unit}`, verdict, detail];
  });
  console.log(formatTable(rows, { header: ['figure', 'median', 'range', 'target', 'verdict', 'what'] }));
  if (options.jsonFile) {
    const { archive, rounds, steps } = options;
    const measured = { date, machine, load, settings: { archive, rounds, steps }, figures };
    writeFileSync(options.jsonFile, `${JSON.stringify(measured, undefined, 2)}\n`);
  }
} catch (error) {
  const { message } = /** @type {Error} */ (error);
  console.error(error instanceof UsageError ? `${message}\n${usage}` : message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

function readOptions() {
  const names = ['archive', 'rounds', 'steps', 'json'];
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ('string') }])),
    });
    return {
      archive: findArchive(values.archive),
      rounds: wholeNumber('rounds', values.rounds ?? '3', 1),
      steps: wholeNumber('steps', values.steps ?? '60', 1),
      jsonFile: values.json,
    };
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw code?.startsWith('ERR_PARSE_ARGS') ? new UsageError(message) : error;
  }
}
