import { checkBuilt } from './built-package.mjs';
import { loadAverage, thisMachine, warnOfLoad } from './machine.mjs';

/**
 * Warns, on standard error, of what makes a measurement worth less: an old build, other work on the machine.
 *
 * @returns the machine, as `thisMachine` tells it
 * @throws {Error} when there is no dist/
 */
export function beginBenchmark() {
  const machine = thisMachine();
  for (const warning of [checkBuilt(), warnOfLoad(loadAverage(), machine.cores)]) {
    if (warning) console.error(warning);
  }
  return machine;
}
