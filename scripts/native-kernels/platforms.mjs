import { join } from 'node:path';

/** Baselines: the oldest systems that Node 20 runs on. */
const wide = ['-mcpu=x86_64_v4', '-Xclang', '-mprefer-vector-width=512'];
const x64 = { avx512: wide, avx2: ['-mcpu=x86_64_v3'] };
const arm64 = { neon: [] };

const nothing = () => [];
/** Node's own functions are found when the addon is loaded. */
const laterOnMac = () => ['-Wl,-undefined,dynamic_lookup'];

/** Windows wants to know beforehand which functions node.exe has. */
const fromNodeExe = ({ headers, work, compiler }) => {
  const library = join(work, 'node.lib');
  compiler.runTool([
    'dlltool',
    '-m',
    'i386:x86-64',
    '-d',
    join(headers, 'def', 'node_api.def'),
    '-l',
    library,
  ]);
  return [library];
};

/**
 * What addons are built for: the target of the compiler, the sets of instructions, each with the compiler's options for
 * it, and what is linked. Named as npm names them: `os`-`cpu`, and on Linux the C library.
 *
 * @type {Record<string, { target: string, sets: Record<string, string[]>, link: (tools: any) => string[] }>}
 */
export const platforms = {
  'linux-x64-glibc': { target: 'x86_64-linux-gnu.2.28', sets: x64, link: nothing },
  'linux-x64-musl': { target: 'x86_64-linux-musl', sets: x64, link: nothing },
  'linux-arm64-glibc': { target: 'aarch64-linux-gnu.2.28', sets: arm64, link: nothing },
  'linux-arm64-musl': { target: 'aarch64-linux-musl', sets: arm64, link: nothing },
  'darwin-x64': { target: 'x86_64-macos.12.0', sets: x64, link: laterOnMac },
  'darwin-arm64': { target: 'aarch64-macos.12.0', sets: arm64, link: laterOnMac },
  'win32-x64': { target: 'x86_64-windows-gnu', sets: x64, link: fromNodeExe },
};

/** The platform that this process runs on. */
export function thisPlatform() {
  const { platform, arch } = process;
  if (platform !== 'linux') return `${platform}-${arch}`;
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  return `${platform}-${arch}-${isGlibc ? 'glibc' : 'musl'}`;
}
