import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadedKernel } from './kernel-exports.js';
import type { KernelProgram } from './kernel-module.js';

/** Int32 words of the control block. */
const control = {
  /** The generation of the kernel call, and how many of its parts are taken. */
  taken: 0,
  finished: 1,
  failed: 2,
  kernel: 3,
  /** Parts of the call, at most one for each thread. */
  parts: 4,
  /** Address of the kernel's operands. */
  operands: 5,
  words: 8,
} as const;
/** Of `taken`, the low bits count; there are at most 64 threads. */
const generationStep = 128;
/**
 * How often a thread looks again before it sleeps: about 0.2 ms. Waking a sleeper takes the system 50 to 100 microseconds,
 * about as long as the JavaScript between two kernels of a training step. Threads that share a core must not keep each
 * other from working that way.
 */
const spinTurns = { ownCore: 60_000, sharedCore: 1_000 };
/** A kernel takes milliseconds; a worker that says nothing for this long is dead. */
const silenceMs = 60_000;

/**
 * The program of a worker: takes a part of the kernel call that the control block names, as long as there is one, calls the
 * kernel with the number of the part, and reports; then waits for the next call. Which thread computes which part changes
 * nothing. A thread that the system holds up thus takes what it comes to, and the others do not wait for it to begin. What a
 * thread has read of a call is that of the part that it takes, since `taken` has not changed in between.
 *
 * Plain text, so that it runs unchanged from TypeScript sources, from dist/ and in bundles.
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
const isOpen = (taken) => taken % ${generationStep} < words[${control.parts}];
for (;;) {
  let taken = Atomics.load(words, ${control.taken});
  for (let turns = spins; !isOpen(taken); turns--) {
    if (turns <= 0) Atomics.wait(words, ${control.taken}, taken);
    taken = Atomics.load(words, ${control.taken});
  }
  const [kernel, parts, operands] = [words[${control.kernel}], words[${control.parts}], words[${control.operands}]];
  if (Atomics.compareExchange(words, ${control.taken}, taken, taken + 1) !== taken) continue;
  try {
    kernels[kernel](taken % ${generationStep}, parts, operands);
  } catch {
    Atomics.store(words, ${control.failed}, thread);
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
  private generation = 0;
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
   * Calls kernel `name` in `threads` parts, which the threads share, and returns when all are done.
   *
   * @param operands their address in the shared memory
   * @param own the same kernel in this thread's instance
   * @throws Error when a worker died or does not answer, after which no call works, or when the kernel fails in some thread
   */
  run(name: string, threads: number, operands: number, own: ThreadedKernel): void {
    if (this.failure) throw new Error(this.failure);
    if (this.workers.length === 0) this.start();
    const { words } = this;
    // Closed while it is written: whoever has read a part of the former call can no longer take one.
    Atomics.store(words, control.taken, this.generation + generationStep - 1);
    words[control.kernel] = this.kernelNumbers.get(name)!;
    words[control.parts] = threads;
    words[control.operands] = operands;
    Atomics.store(words, control.finished, 0);
    Atomics.store(words, control.failed, 0);
    // After 2^24 calls the generations begin again, which no thread sleeps through.
    this.generation = (this.generation + generationStep) % 2 ** 31;
    Atomics.store(words, control.taken, this.generation);
    Atomics.notify(words, control.taken);
    let error: unknown;
    for (let part = this.takePart(threads); part < threads; part = this.takePart(threads)) {
      try {
        if (error === undefined) own(part, threads, operands);
      } catch (failure) {
        error = failure;
      }
      Atomics.add(words, control.finished, 1);
    }
    this.waitForParts(name, threads);
    if (error !== undefined) throw error;
  }

  /** @returns the number of a part that is this thread's now, or `parts` where all are taken */
  private takePart(parts: number): number {
    const { words } = this;
    for (;;) {
      const taken = Atomics.load(words, control.taken);
      const part = taken % generationStep;
      if (part >= parts || Atomics.compareExchange(words, control.taken, taken, taken + 1) === taken)
        return part;
    }
  }

  /** Ends the workers; the next kernel starts new ones. */
  async stop(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    for (const worker of workers) worker.removeAllListeners('exit');
    await Promise.all(workers.map((worker) => worker.terminate()));
    this.words.fill(0);
    this.generation = 0;
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

  private waitForParts(name: string, parts: number): void {
    const { words } = this;
    let turns = this.spins;
    for (;;) {
      const finished = Atomics.load(words, control.finished);
      if (finished === parts) break;
      if (turns-- > 0) continue;
      if (Atomics.wait(words, control.finished, finished, this.silence) === 'timed-out') {
        this.fail(
          `${parts - finished} of ${parts} kernel threads did not answer for ${this.silence / 1000} s in ${name}`,
        );
        throw new Error(this.failure);
      }
    }
    const failed = Atomics.load(words, control.failed);
    if (failed) throw new Error(`The kernel ${name} failed in kernel thread ${failed}.`);
  }
}
