import { Worker } from 'node:worker_threads';
import { makeTextUnits } from '../text-units.js';
import { makeTokenTable } from '../token-table.js';
import { makeWordEnds } from './make-word-ends.js';
import { makeWordNumberer, type NumberedWords } from './make-word-numberer.js';

/** Batches that wait for a worker, so that it need not wait for the reader. */
const longestQueue = 2;

/**
 * The program of a worker: numbers the words of the batches that it gets, notes each in `waiting`, and answers `null` with
 * its words. It is made of the functions' own text, so that it runs unchanged from TypeScript sources, from dist/ and in
 * bundles.
 */
const workerProgram = () => `
// Bundlers that keep names wrap functions in this.
const __name = (value) => value;
const { parentPort, workerData: { waiting, thread } } = require('node:worker_threads');
const table = (${makeTokenTable})();
const numbered = (${makeWordNumberer})((${makeTextUnits})(), (${makeWordEnds})(), table);
parentPort.on('message', (batch) => {
  if (batch === null) {
    parentPort.postMessage(table.tokens());
    return;
  }
  const { numbers, ends } = numbered(batch);
  Atomics.sub(waiting, thread, 1);
  parentPort.postMessage({ numbers, ends }, [numbers.buffer, ends.buffer]);
});`;

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** What it has not answered yet, in the order in which it will. */
  readonly asked: Asked[];
  failure?: unknown;
}

/** Worker threads that number words, each in a table of its own. They are started when they are first needed. */
export class NumberingThreads {
  readonly #waiting: Int32Array;
  readonly #threads: Thread[] = [];

  /** @param size how many threads there may be */
  constructor(size: number) {
    this.#waiting = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * Math.max(0, size)));
  }

  /** Gives texts to the first thread that has room for them; `undefined` where none has. */
  take(texts: readonly string[]): { thread: number; words: Promise<NumberedWords> } | undefined {
    const free = this.#waiting.findIndex((_, index) => Atomics.load(this.#waiting, index) < longestQueue);
    if (free < 0) return undefined;
    if (free === this.#threads.length) this.#threads.push(this.#start(free));
    Atomics.add(this.#waiting, free, 1);
    return { thread: free, words: ask(this.#threads[free], texts) as Promise<NumberedWords> };
  }

  /** The words of each thread by their numbers. */
  words(): Promise<string[][]> {
    return Promise.all(this.#threads.map((thread) => ask(thread, null) as Promise<string[]>));
  }

  /** Ends the threads, whatever they are at. */
  async stop(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(index: number): Thread {
    const worker = new Worker(workerProgram(), {
      eval: true,
      workerData: { waiting: this.#waiting, thread: index },
      name: `imdb-rnn words ${index + 1}`,
      // What the parent was started with (a loader, an inspector) is not for these threads.
      execArgv: [],
      env: {},
    });
    const thread: Thread = { worker, asked: [] };
    const fail = (error: unknown) => {
      thread.failure ??= error;
      for (const { reject } of thread.asked.splice(0)) reject(thread.failure);
    };
    worker.on('message', (answer: unknown) => thread.asked.shift()?.resolve(answer));
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`a thread that numbers words ended with code ${code}`)));
    return thread;
  }
}

function ask(thread: Thread, message: unknown): Promise<unknown> {
  const answer = new Promise<unknown>((resolve, reject) => {
    if (thread.failure !== undefined) reject(thread.failure);
    else thread.asked.push({ resolve, reject });
  });
  // Whoever waits for it hears of a failure; until then it is not an unhandled one.
  answer.catch(() => {});
  if (thread.failure === undefined) thread.worker.postMessage(message);
  return answer;
}
