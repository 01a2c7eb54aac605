import { UserError } from '../errors/user-error.js';
import { runTool } from './run-tool.js';

/** Programs of the system that an installation needs. */
export interface NativeTools {
  /** A Python 3 that has pip. */
  readonly python: string;
  /** A C++ compiler. */
  readonly compiler: string;
}

/**
 * Finds Python with pip (`$PYTHON`, python3, python) and a C++ compiler (`$CXX`, g++, clang++, c++), before anything is
 * downloaded.
 *
 * @throws UserError with the command that installs what is missing
 */
export async function findTools(environment: NodeJS.ProcessEnv = process.env): Promise<NativeTools> {
  const npm = await runTool('npm', ['--version']);
  if (npm?.code !== 0) {
    throw new UserError(
      'npm is not there; it comes with Node.js',
      'Install Node.js with npm from nodejs.org.',
    );
  }
  return { python: await findPython(environment), compiler: await findCompiler(environment) };
}

async function findPython({ PYTHON }: NodeJS.ProcessEnv): Promise<string> {
  let pythonFound = false;
  for (const program of candidates(PYTHON, ['python3', 'python'])) {
    const version = await runTool(program, ['-c', 'import sys, zipfile; print(sys.version_info[0])']);
    if (version?.stdout.trim() !== '3') continue;
    pythonFound = true;
    if ((await runTool(program, ['-m', 'pip', '--version']))?.code === 0) return program;
  }
  const what = pythonFound ? 'Python has no pip' : 'Python 3 with pip is not there';
  throw new UserError(
    `${what}; it downloads TensorFlow, from the package index that it is set up for`,
    'Install it, for example: sudo apt-get install python3-pip',
  );
}

async function findCompiler({ CXX }: NodeJS.ProcessEnv): Promise<string> {
  for (const program of candidates(CXX, ['g++', 'clang++', 'c++'])) {
    if ((await runTool(program, ['--version']))?.code === 0) return program;
  }
  throw new UserError(
    "A C++ compiler is not there; it compiles the two files that connect TensorFlow's library with Node.js",
    'Install one, for example: sudo apt-get install g++',
  );
}

const candidates = (preferred: string | undefined, usual: readonly string[]) =>
  preferred ? [preferred, ...usual] : usual;
