import { matMul, randomNormal, tidy } from '@tensorflow/tfjs-core';
import { useBackend } from '../backends/use-backend.js';
import { fastestVectorBits, type VectorBits } from '../backends/wasm/vector-bits.js';
import { loadConfig } from '../config/load-config.js';
import { openSplit } from '../datasets/open-split.js';
import { readAll } from '../datasets/read-all.js';
import { measureRate } from '../jobs/measure-rate.js';
import { testBackend } from '../training/backend-self-test.js';

/** How fast the `wasm` backend is here. */
export interface MeasuredSpeed {
  readonly threads: number;
  readonly vectorBits: VectorBits;
  /** 10^9 multiplications and additions a second in products of two matrices of 512 x 512, on all threads. */
  readonly gflops: number;
  /** Examples that a training of `gru2-lecture` learns from in a second, on the packaged sample. */
  readonly examplesPerSecond: number;
}

const size = 512;

/** Starts the `wasm` backend and lets it compute a matrix product and train. @throws Error when it does not work here */
export async function startWasm(): Promise<{ readonly threads: number; readonly vectorBits: VectorBits }> {
  const { threads, vectorBits = fastestVectorBits() } = await useBackend('wasm');
  testBackend();
  return { threads, vectorBits };
}

/**
 * Measures the `wasm` backend for some seconds.
 *
 * @param options.forSeconds what is computed at most, beside what has to be loaded; default 5
 */
export async function measureSpeed({
  forSeconds = 5,
}: {
  readonly forSeconds?: number;
} = {}): Promise<MeasuredSpeed> {
  const { threads, vectorBits } = await startWasm();
  const gflops = measureProducts(forSeconds / 5);
  const { config } = await loadConfig('gru2-lecture', ['dataset.name=sample']);
  // The sample lies in the package, whatever the data folder.
  const split = await openSplit('train', { dataset: config.dataset, dataDir: '.' });
  const examples = await readAll(split);
  const { learntPerSecond } = await measureRate(config, examples, {
    labels: split.labels,
    forSeconds: (forSeconds * 4) / 5,
  });
  return { threads, vectorBits, gflops, examplesPerSecond: learntPerSecond };
}

function measureProducts(forSeconds: number): number {
  return tidy(() => {
    const [one, other] = [randomNormal([size, size]), randomNormal([size, size])];
    // The first ones compile, and start the threads.
    for (let i = 0; i < 5; i += 1) matMul(one, other).dispose();
    const start = performance.now();
    let products = 0;
    let seconds = 0;
    for (; seconds < forSeconds; seconds = (performance.now() - start) / 1000) {
      matMul(one, other).dispose();
      products += 1;
    }
    return (products * 2 * size ** 3) / seconds / 1e9;
  });
}
