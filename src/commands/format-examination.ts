import type { CompiledFacts, WasmFacts } from '../backends/wasm/facts.js';
import { instructionNames } from '../backends/wasm/native-kernels.js';
import type { Examination, ExaminedInstallation } from '../tensorflow-installer/examine-machine.js';
import { formatTable } from '../terminal/table.js';

/** What our own kernels do on the machine. */
export interface ExaminedKernels {
  readonly compiled: CompiledFacts;
  readonly wasm: WasmFacts & { readonly problem?: string };
}

/**
 * The machine, its GPUs, each installation, and the next step where something is missing.
 *
 * @param others rows of the machine that stand first
 */
export function formatExamination(
  examination: Examination,
  { compiled, wasm }: ExaminedKernels,
  others: readonly (readonly string[])[] = [],
): string {
  const { node, platform, glibc, driver, folder, installations } = examination;
  const { threads, vectorBits, advice } = wasm;
  const machine = [
    ...others,
    ['Node.js', node],
    ['platform', `${platform}, ${glibc ? `glibc ${glibc}` : 'no GNU C library'}`],
    ['NVIDIA driver', driver?.version ?? 'none'],
    ...(driver?.gpus ?? []).map(({ name, memoryMiB }, i) => [`GPU ${i}`, `${name}, ${memoryMiB} MiB`]),
    ['compiled', describeCompiled(compiled)],
    ['wasm', `built in; ${threads === 1 ? '1 thread' : `${threads} threads`}, ${vectorBits}-bit registers`],
    ...(wasm.problem ? [['', `does not start: ${wasm.problem}`]] : advice ? [['', advice]] : []),
  ];
  const parts = [machine, ...installations.map(rowsOf)].map((rows) =>
    formatTable(rows, { width: Number.POSITIVE_INFINITY }),
  );
  if (installations.length === 0) {
    const flag = driver ? '--cuda' : '--cpu';
    parts.push(`TensorFlow is not installed in ${folder}. To install it: imdb-rnn native install ${flag}`);
  }
  return parts.join('\n\n');
}

function describeCompiled({ instructions, problem }: CompiledFacts): string {
  if (instructions) return `native kernels for ${instructionNames[instructions]}`;
  return `not here: ${problem}; wasm computes instead`;
}

function rowsOf(installation: ExaminedInstallation): string[][] {
  const { variant, folder, tensorflow, cuda, computesOn, problem, missing } = installation;
  const rows = [
    [variant === 'cuda' ? 'cuda' : 'tensorflow', folder],
    ['TensorFlow', tensorflow],
    ['package', installation.package],
    ['computes on', computesOn ?? 'nothing'],
  ];
  const wanted = cuda.filter((name) => /cudnn|cuda-runtime|cublas/.test(name));
  if (wanted.length > 0) rows.push(['CUDA', wanted.join(', ')]);
  if (missing.length > 0) rows.push(['missing', missing.join(', ')]);
  if (problem) rows.push(['problem', problem]);
  if (variant === 'cuda' && computesOn === 'CPU')
    rows.push(['no GPU', 'TensorFlow found none that it can use']);
  return rows;
}
