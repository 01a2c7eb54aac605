import { runTool } from './run-tool.js';

export interface Gpu {
  readonly name: string;
  readonly memoryMiB: number;
}

/** The NVIDIA driver of this machine and the GPUs that it shows. */
export interface NvidiaDriver {
  readonly version: string;
  readonly gpus: readonly Gpu[];
}

/** The second place is WSL's. */
const programs = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi'];
const query = ['--query-gpu=driver_version,memory.total,name', '--format=csv,noheader,nounits'];

/** Asks `nvidia-smi`, which comes with every driver; undefined where there is no driver, or none that answers. */
export async function findNvidiaDriver(): Promise<NvidiaDriver | undefined> {
  for (const program of programs) {
    const answer = await runTool(program, query);
    if (answer?.code !== 0) continue;
    const rows = answer.stdout
      .split('\n')
      .map((line) => /^([\d.]+), (\d+), (.+)$/.exec(line.trim()))
      .filter((row) => row !== null);
    if (rows.length === 0) continue;
    return {
      version: rows[0][1],
      gpus: rows.map(([, , memory, name]) => ({ name, memoryMiB: Number(memory) })),
    };
  }
  return undefined;
}
