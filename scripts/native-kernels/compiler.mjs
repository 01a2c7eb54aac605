import { execFileSync } from 'node:child_process';

const version = '0.17.1';
/** The Python whose package `ziglang` is the compiler. */
const python = process.env.PYTHON ?? 'python3';

/** @param {readonly string[]} parameters */
function runTool(parameters) {
  try {
    execFileSync(python, ['-m', 'ziglang', ...parameters], { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    console.error(`The compiler of the native kernels failed: ${python} -m ziglang ${parameters.join(' ')}`);
    if (!isThere()) console.error(`It is not there. To get it: ${compiler.howToGet}`);
    throw error;
  }
}

/** Whether it is there. */
function isThere() {
  try {
    execFileSync(python, ['-m', 'ziglang', 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Zig's C compiler, which has the headers and libraries of every platform with it. */
export const compiler = {
  /** @param {readonly string[]} parameters of clang */
  run: (parameters) => runTool(['cc', ...parameters]),
  isThere,
  howToGet: `${python} -m pip install ziglang==${version} (PYTHON names another Python)`,
  runTool,
};
