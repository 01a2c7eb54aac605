// Which rivals the named Pythons can run.
import { answerOf } from './run-program.mjs';

/** Modules that a rival's program imports, by the rival's key. */
const modulesOf = { keras: ['keras', 'tensorflow', 'numpy'], torch: ['torch', 'numpy'] };
const question = `
import importlib.util, json, sys
print(json.dumps([name for name in sys.argv[1:] if importlib.util.find_spec(name)]))`;

/**
 * @typedef {{ keras?: string, torch?: string }} Pythons by rival: the first named Python that has its modules
 * @param {readonly string[]} paths
 * @returns {Promise<Pythons>}
 * @throws {Error} when one of them does not run, or has no rival
 */
export async function findRivals(paths) {
  /** @type {Pythons} */
  const found = {};
  for (const path of paths) {
    const all = [...new Set(Object.values(modulesOf).flat())];
    /** @type {string[]} */
    const present = await answerOf(path, ['-c', question, ...all]);
    const rivals = rivalsWith(present);
    if (rivals.length === 0) {
      throw new Error(
        `--python ${path} has neither Keras (${modulesOf.keras.join(', ')}) nor PyTorch (${modulesOf.torch.join(', ')})`,
      );
    }
    for (const rival of rivals) found[rival] ??= path;
  }
  return found;
}

/**
 * @param {readonly string[]} modules
 * @returns {(keyof Pythons)[]} rivals whose modules are all there
 */
export function rivalsWith(modules) {
  return /** @type {(keyof Pythons)[]} */ (Object.keys(modulesOf)).filter((rival) =>
    modulesOf[rival].every((name) => modules.includes(name)),
  );
}
