import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { ownVersions } from '../runs/summary-file.js';

/** What the program runs on. */
export interface SystemFacts {
  /** Of imdb-rnn, Node.js, TensorFlow.js and V8. */
  readonly versions: Readonly<Record<string, string>>;
  /** Options of Node.js and V8 that were given, of the command line and of NODE_OPTIONS. */
  readonly nodeOptions: readonly string[];
  readonly processor: string;
  /** Processors of the machine, and how many of them this process may use. */
  readonly cores: number;
  readonly usableCores: number;
  /** Processes that wanted to compute in the last minute, on average; 0 on Windows, which does not count them. */
  readonly load: number;
  readonly memory: {
    readonly totalBytes: number;
    readonly freeBytes: number;
    /** Of the container or control group, where one is set. */
    readonly limitBytes?: number;
    /** What V8 may take for JavaScript objects; the numbers of tensors are not among them. */
    readonly heapLimitBytes: number;
  };
}

/** Looks at versions, processor and memory. */
export async function examineSystem(environment: NodeJS.ProcessEnv = process.env): Promise<SystemFacts> {
  const processors = cpus();
  const totalBytes = totalmem();
  // 0 where no limit is known; without a limit Linux gives a number beyond any memory.
  const limit = process.constrainedMemory();
  return {
    versions: { ...(await ownVersions()), v8: process.versions.v8 },
    nodeOptions: [...process.execArgv, ...(environment.NODE_OPTIONS ?? '').split(/\s+/)].filter(
      (option) => option !== '',
    ),
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    usableCores: availableParallelism(),
    load: loadavg()[0],
    memory: {
      totalBytes,
      freeBytes: freemem(),
      ...(limit > 0 && limit < totalBytes && { limitBytes: limit }),
      heapLimitBytes: getHeapStatistics().heap_size_limit,
    },
  };
}
