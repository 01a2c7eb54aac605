import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadedKernel } from './kernel-exports.js';
import type { KernelProgram } from './kernel-module.js';

/** Int32 words of the control block. */
const control = {
  generation: 0,
  finished: 1,
  failed: 2,
  kernel: 3,
  threads: 4,
  /** Address of the kernel's operands. */
  operands: 5,
  words: 8,
} as const;
/**
 * How often a thread looks again before it sleeps: about 0.2 ms. Waking a sleeper takes the system 50 to 100 microseconds,
 * about as long as the JavaScript between two kernels of a training step. Threads that share a core must not keep each
 * other from working that way.
 */
const spinTurns = { ownCore: 60_000, sharedCore: 1_000 };
/** A kernel takes milliseconds; a worker that says nothing for this long is dead. */
const silenceMs = 60_000;

/**
 * The program of a worker: waits for a new generation of the control block, calls the kernel that it names with its own
 * thread number, and reports. Plain text, so that it runs unchanged from TypeScript sources, from dist/ and in bundles.
 */
const workerProgram = `
const { workerData } = require('node:worker_threads');
const { program, words, thread, spins } = workerData;
const { module, imports, native } = program;
const exported = { ...new WebAssembly.Instance(module, imports).exports };
if (native) {
  const { kernels, run } = require(native.path).open(new Uint8Array(imports.env.memory.buffer), native.instructions);
  kernels.forEach((name, number) => {
    exported[name] = (thread, threads, operands) => run(number, thread, threads, operands);
  });
}
// In the order of the module's exports, which is how they are numbered.
const kernels = Object.values(exported);
let generation = 0;
for (;;) {
  for (let turns = spins; Atomics.load(words, ${control.generation}) === generation; turns--) {
    if (turns <= 0) Atomics.wait(words, ${control.generation}, generation);
  }
  generation = Atomics.load(words, ${control.generation});
  const threads = words[${control.threads}];
  if (thread < threads) {
    try {
      kernels[words[${control.kernel}]](thread, threads, words[${control.operands}]);
    } catch {
      Atomics.store(words, ${control.failed}, thread);
    }
  }
  Atomics.add(words, ${control.finished}, 1);
  Atomics.notify(words, ${control.finished});
}`;

/** Threads that run one kernel at a time together; the calling thread is number 0 and works too. */
export class ThreadPool {
  private readonly words = new Int32Array(new SharedArrayBuffer(4 * control.words));
  private readonly kernelNumbers: ReadonlyMap<string, number>;
  private workers: Worker[] = [];
  private failure: string | undefined;
  private readonly spins: number;

  /**
   * @param size number of threads, this one included; the workers start with the first kernel that needs them
   * @param silence milliseconds after which a worker that does not answer counts as dead
   */
  constructor(
    readonly size: number,
    private readonly program: KernelProgram,
    private readonly silence = silenceMs,
  ) {
    this.spins = size <= availableParallelism() ? spinTurns.ownCore : spinTurns.sharedCore;
    this.kernelNumbers = new Map(
      WebAssembly.Module.exports(program.module).map(({ name }, number) => [name, number]),
    );
  }

  /**
   * Calls kernel `name` on `threads` threads and returns when all are done.
   *
   * @param operands their address in the shared memory
   * @param own the same kernel in this thread's instance
   * @throws Error when a worker died, failed or does not answer
   */
  run(name: string, threads: number, operands: number, own: ThreadedKernel): void {
    if (this.failure) throw new Error(this.failure);
    if (this.workers.length === 0) this.start();
    const { words } = this;
    words[control.kernel] = this.kernelNumbers.get(name)!;
    words[control.threads] = threads;
    words[control.operands] = operands;
    Atomics.store(words, control.finished, 0);
    Atomics.store(words, control.failed, 0);
    Atomics.add(words, control.generation, 1);
    Atomics.notify(words, control.generation);
    try {
      own(0, threads, operands);
    } finally {
      this.waitForWorkers(name);
    }
  }

  /** Ends the workers; the next kernel starts new ones. */
  async stop(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    for (const worker of workers) worker.removeAllListeners('exit');
    await Promise.all(workers.map((worker) => worker.terminate()));
    this.words.fill(0);
  }

  private start(): void {
    const { program, words, spins } = this;
    for (let thread = 1; thread < this.size; thread++) {
      const worker = new Worker(workerProgram, {
        eval: true,
        workerData: { program, words, thread, spins },
        name: `imdb-rnn kernel thread ${thread}`,
        // What the parent was started with (a loader, an inspector) is not for these threads.
        execArgv: [],
        env: {},
      });
      worker.on('error', (error) => this.fail(`kernel thread ${thread} died: ${error.message}`));
      worker.on('exit', (code) => this.fail(`kernel thread ${thread} ended with code ${code}`));
      worker.unref();
      this.workers.push(worker);
    }
  }

  private fail(reason: string): void {
    this.failure ??= `The computation cannot go on: ${reason}. Start the program again, or use one thread (--threads 1, in a program { threads: 1 }).`;
  }

  private waitForWorkers(name: string): void {
    const { words } = this;
    const expected = this.size - 1;
    let turns = this.spins;
    for (;;) {
      const finished = Atomics.load(words, control.finished);
      if (finished === expected) break;
      if (turns-- > 0) continue;
      if (Atomics.wait(words, control.finished, finished, this.silence) === 'timed-out') {
        this.fail(
          `${expected - finished} of ${expected} kernel threads did not answer for ${this.silence / 1000} s in ${name}`,
        );
        throw new Error(this.failure);
      }
    }
    const failed = Atomics.load(words, control.failed);
    if (failed) {
      this.fail(`kernel thread ${failed} failed in ${name}`);
      throw new Error(this.failure);
    }
  }
}
