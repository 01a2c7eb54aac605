import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { onTestFinished } from 'vitest';

/** Programs that a test puts in the place of npm, Python with pip, the compiler and nvidia-smi. */
export interface FakeTools {
  /** An empty folder for the test. */
  readonly folder: string;
  /** Command lines of what was run, in order, without those that only ask for a version. */
  calls(): Promise<string[]>;
  /** Lets a program fail from now on; `missing` takes it off the PATH. */
  break(name: ToolName, how: 'fails' | 'missing'): Promise<void>;
  /** Lets it work again. */
  mend(name: ToolName): Promise<void>;
}

export type ToolName = 'npm' | 'python3' | 'pip' | 'g++' | 'nvidia-smi';

/** The metadata of a wheel, as TensorFlow's own. */
const metadata = `Metadata-Version: 2.4
Requires-Dist: absl-py>=1.0.0
Provides-Extra: and-cuda
Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
`;

/** Prologue of each program: it writes down how it was called, and fails where the test wants that. */
const prologue = (name: string, logged: string) => `#!${process.execPath}
const { appendFileSync, copyFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const args = process.argv.slice(2);
const folder = dirname(__dirname);
const option = (name) => args[args.indexOf(name) + 1];
const write = (path, text) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, text); };
const log = (text) => appendFileSync(join(folder, 'calls'), text + '\\n');
const fails = (name) => existsSync(join(folder, name + '.fails'));
if (${logged}) log(${JSON.stringify(name)} + ' ' + args.join(' '));
`;

const programs: Record<string, string> = {
  npm: `${prologue('npm', "args[0] === 'pack'")}
if (args[0] === '--version') process.exit(0);
if (fails('npm')) { console.error('npm error code E404'); process.exit(1); }
copyFileSync(join(folder, 'package.tgz'), join(option('--pack-destination'), 'any-name-1.0.0.tgz'));`,
  python3: `${prologue('python3', "args.includes('download')")}
if (args[0] === '-m' && args[1] === 'pip') {
  if (existsSync(join(folder, 'pip.missing'))) { console.error('No module named pip'); process.exit(1); }
  if (args[2] === '--version') process.exit(0);
  if (fails('pip')) { console.error('ERROR: Could not find a version that satisfies the requirement'); process.exit(1); }
  console.log('Downloading it.whl (1.5 MB)');
  write(join(option('--dest'), args.at(-1).replace(/[<>=].*/, '') + '-1.whl'), '');
} else if (args[1].includes('version_info')) console.log('3');
else {
  const [, , wheel, target] = args;
  log('unpack ' + basename(wheel));
  const name = basename(wheel).replace('-1.whl', '');
  if (name.startsWith('tensorflow')) {
    for (const part of ['cc', 'framework']) write(join(target, 'tensorflow', 'libtensorflow_' + part + '.so.2'), part);
    write(join(target, 'tensorflow', 'include', 'c_api.h'), '');
    write(join(target, name + '-2.21.0.dist-info', 'METADATA'), ${JSON.stringify(metadata)});
  } else {
    write(join(target, 'nvidia', name, 'lib', 'library.so'), name);
    write(join(target, name.replaceAll('-', '_') + '-9.9.dist-info', 'METADATA'), '');
  }
  console.log('10 10');
}`,
  'g++': `${prologue('g++', "args[0] !== '--version'")}
if (args[0] === '--version') process.exit(0);
if (fails('g++')) { console.error('tfjs_backend.cc:1: error: no'); process.exit(1); }
write(option('-o'), 'compiled');`,
  'nvidia-smi': `${prologue('nvidia-smi', 'false')}
console.log('570.1, 81559, NVIDIA H100 80GB HBM3');`,
};

/** Makes the programs, the only ones on the PATH until the test ends. */
export async function fakeTools(): Promise<FakeTools> {
  const folder = await mkdtemp(join(tmpdir(), 'imdb-rnn-native-'));
  const bin = join(folder, 'bin');
  const saved = { PATH: process.env.PATH, CXX: process.env.CXX, PYTHON: process.env.PYTHON };
  onTestFinished(async () => {
    Object.assign(process.env, saved);
    for (const name of ['CXX', 'PYTHON'] as const) if (saved[name] === undefined) delete process.env[name];
    await rm(folder, { recursive: true, force: true });
  });
  process.env.PATH = bin;
  delete process.env.CXX;
  delete process.env.PYTHON;
  await mkdir(join(folder, 'package', 'binding'), { recursive: true });
  await writeFile(join(folder, 'package', 'package.json'), '{"name":"fetched"}');
  await create({ file: join(folder, 'package.tgz'), gzip: true, cwd: folder }, ['package']);
  await mkdir(bin);
  const mend = async (name: ToolName) => {
    for (const left of ['fails', 'missing']) await rm(join(folder, `${name}.${left}`), { force: true });
    if (name === 'pip') return;
    await writeFile(join(bin, name), programs[name]);
    await chmod(join(bin, name), 0o755);
  };
  for (const name of ['npm', 'python3', 'g++', 'nvidia-smi'] as const) await mend(name);
  return {
    folder: join(folder, 'root'),
    calls: async () =>
      (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').slice(0, -1),
    break: async (name, how) => {
      if (how === 'missing' && name !== 'pip') await rm(join(bin, name));
      else await writeFile(join(folder, `${name}.${how}`), '');
    },
    mend,
  };
}
