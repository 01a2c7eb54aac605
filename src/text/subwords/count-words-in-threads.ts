import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { makeTextUnits } from '../text-units.js';
import { makeTokenTable } from '../token-table.js';
import { makeWordCounter, type WordCounts } from './make-word-counter.js';
import { makeWordEnds } from './make-word-ends.js';
import { sharedWordEnd } from './split-words.js';

/** UTF-16 units that a thread gets at a time: some milliseconds of work. */
const batchLength = 1 << 19;
/** Batches that wait for a worker, so that it need not wait for the reader. */
const longestQueue = 2;

/**
 * The program of a worker: counts the batches that it gets, notes each in `waiting`, and answers `null` with its counts.
 * It is made of the functions' own text, so that it runs unchanged from TypeScript sources, from dist/ and in bundles.
 */
const workerProgram = () => `
// Bundlers that keep names wrap functions in this.
const __name = (value) => value;
const { parentPort, workerData: { waiting, thread } } = require('node:worker_threads');
const counter = (${makeWordCounter})((${makeTextUnits})(), (${makeWordEnds})(), (${makeTokenTable})());
parentPort.on('message', (batch) => {
  if (batch === null) {
    parentPort.postMessage(counter.result());
    parentPort.close();
    return;
  }
  for (const text of batch) counter.add(text);
  Atomics.sub(waiting, thread, 1);
});`;

/**
 * Counts the words that subwords are made of (`make-word-ends.ts`) in worker threads; the calling thread reads the texts and
 * counts those that no worker has room for. Short texts never start a worker.
 *
 * @param texts well-formed ones: a surrogate alone would be counted as it is
 * @param options.threads how many threads count, this one included; default: as many as the machine runs at a time
 * @throws Error when a worker dies
 */
export async function countWordsInThreads(
  texts: Iterable<string> | AsyncIterable<string>,
  { threads = availableParallelism() }: { threads?: number } = {},
): Promise<Map<string, number>> {
  const own = makeWordCounter(makeTextUnits(), sharedWordEnd(), makeTokenTable());
  const pool = new CountingThreads(threads - 1);
  try {
    const count = (batch: readonly string[]) => {
      if (!pool.take(batch)) for (const text of batch) own.add(text);
    };
    let batch: string[] = [];
    let length = 0;
    for await (const text of texts) {
      batch.push(text);
      length += text.length;
      if (length < batchLength) continue;
      count(batch);
      batch = [];
      length = 0;
    }
    for (const text of batch) own.add(text);
    const results = await pool.results();
    return sum([own.result(), ...results]);
  } finally {
    await pool.stop();
  }
}

/** Worker threads with their queues. A class, since they have a life: started when first needed, asked, and ended. */
class CountingThreads {
  readonly #waiting: Int32Array;
  readonly #answers: Promise<WordCounts>[] = [];
  readonly #workers: Worker[] = [];

  constructor(size: number) {
    this.#waiting = new Int32Array(new SharedArrayBuffer(4 * Math.max(0, size)));
  }

  /** Gives the texts to the first worker that has room for them; `false` where none has. */
  take(batch: readonly string[]): boolean {
    const thread = this.#waiting.findIndex((_, index) => Atomics.load(this.#waiting, index) < longestQueue);
    if (thread < 0) return false;
    if (thread >= this.#workers.length) this.#start(this.#workers.length);
    const chosen = Math.min(thread, this.#workers.length - 1);
    Atomics.add(this.#waiting, chosen, 1);
    this.#workers[chosen].postMessage(batch);
    return true;
  }

  async results(): Promise<WordCounts[]> {
    for (const worker of this.#workers) worker.postMessage(null);
    return Promise.all(this.#answers);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(thread: number): void {
    const worker = new Worker(workerProgram(), {
      eval: true,
      workerData: { waiting: this.#waiting, thread },
      name: `imdb-rnn word counter ${thread + 1}`,
      // What the parent was started with (a loader, an inspector) is not for these threads.
      execArgv: [],
      env: {},
    });
    const answer = new Promise<WordCounts>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`a thread that counts words ended with code ${code}`)));
    });
    // Whoever waits for it hears of a failure; until then it is not an unhandled one.
    answer.catch(() => {});
    this.#workers.push(worker);
    this.#answers.push(answer);
  }
}

function sum(all: readonly WordCounts[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { words, counts } of all) {
    words.forEach((word, place) => {
      sums.set(word, (sums.get(word) ?? 0) + counts[place]);
    });
  }
  return sums;
}
