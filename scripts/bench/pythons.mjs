// Which rivals the named Pythons can run.
import { answerOf } from './run-program.mjs';

/** The rivals, by key, with the modules that their programs import. */
export const rivals = {
  keras: { title: 'Keras', modules: ['keras', 'tensorflow', 'numpy'] },
  torch: { title: 'PyTorch', modules: ['torch', 'numpy'] },
  onnx: { title: 'ONNX Runtime', modules: ['onnx', 'onnxruntime', 'numpy'] },
};
const keys = /** @type {(keyof typeof rivals)[]} */ (Object.keys(rivals));
const question = `
import importlib.util, json, sys
print(json.dumps([name for name in sys.argv[1:] if importlib.util.find_spec(name)]))`;

/**
 * @typedef {Partial<Record<keyof typeof rivals, string>>} Pythons by rival: the first named Python that has its modules
 * @param {readonly string[]} paths
 * @returns {Promise<Pythons>}
 * @throws {Error} when one of them does not run, or has no rival
 */
export async function findRivals(paths) {
  /** @type {Pythons} */
  const found = {};
  for (const path of paths) {
    const all = [...new Set(keys.flatMap((key) => rivals[key].modules))];
    /** @type {string[]} */
    const present = await answerOf(path, ['-c', question, ...all]);
    const here = rivalsWith(present);
    if (here.length === 0) {
      const wanted = keys.map((key) => `${rivals[key].title} (${rivals[key].modules.join(', ')})`);
      throw new Error(`--python ${path} has none of ${wanted.join(', ')}`);
    }
    for (const rival of here) found[rival] ??= path;
  }
  return found;
}

/**
 * @param {readonly string[]} modules
 * @returns {(keyof Pythons)[]} rivals whose modules are all there
 */
export function rivalsWith(modules) {
  return keys.filter((rival) => rivals[rival].modules.every((name) => modules.includes(name)));
}
