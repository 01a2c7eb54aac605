import { numberInputs } from './input-numbers.js';

/** 32-bit words of a `ThreadPlan` of kernels/sequence.ts: six numbers, then eight lists. */
const planWords = 14;
const planLists = 8;

export interface SequenceShape {
  batch: number;
  time: number;
  /** [batch, time], not zero where a step counts; absent: every step does. */
  mask?: Uint8Array | Int32Array | Float32Array;
  /** Each row is read from its last step to its first. */
  goBackwards: boolean;
  threads: number;
  /** [batch, time]: equal numbers promise equal rows of the input, as the ids of an embedding do; absent: none are. */
  ids?: Int32Array;
  /** By id: 1 where the product of this input row with the kernel is known; absent: none is kept. */
  known?: Uint8Array;
}

/** How each thread walks its rows; the layout in memory is that of kernels/sequence.ts. */
export interface SequencePlan {
  threads: number;
  /** Steps that count, over all rows: length of every packed array. */
  tokens: number;
  /** Rows of the thread that owns most. */
  maximumRows: number;
  /** Input rows that the thread multiplies that has most. */
  maximumInputs: number;
  /** Position of each input row that is to be multiplied, thread after thread, and its row among the products. */
  inputPositions: Int32Array;
  inputRows: Int32Array;
  /** A `ThreadPlan` for each thread, then the lists that they point to by their distance from here, in bytes. */
  words: Int32Array;
}

/**
 * Deals the rows of a batch to the threads, longest first in the order 0, 1, 1, 0, ..., so that each has nearly the same
 * number of tokens and needs no other thread at any time step.
 */
export function planSequences(shape: SequenceShape): SequencePlan {
  const { batch, time, threads } = shape;
  const lengths = rowLengths(shape);
  const rowsOf = dealRows(lengths, threads);
  const tokensOf = rowsOf.map((rows) => rows.reduce((sum, row) => sum + lengths[row], 0));
  const tokens = tokensOf.reduce((sum, count) => sum + count, 0);
  const words = new Int32Array(threads * (planWords + time) + 5 * tokens + batch + batch * time);
  let free = threads * planWords;
  const take = (length: number) => {
    free += length;
    return words.subarray(free - length, free);
  };
  const sources = take(batch * time);
  const inputPositions: Int32Array[] = [];
  const inputRows: Int32Array[] = [];
  let firstToken = 0;
  let firstInput = 0;
  rowsOf.forEach((rows, thread) => {
    const threadTokens = tokensOf[thread];
    const counts = take(rows.length > 0 ? lengths[rows[0]] : 0);
    const [positions, previous, inputs, targets, numbers] = Array.from({ length: 5 }, () =>
      take(threadTokens),
    );
    const rowNumbers = take(rows.length);
    rowNumbers.set(rows);
    walkRows(rowNumbers, lengths, shape, { counts, positions, previous, sources, firstToken });
    const inputCount = numberInputs(positions, shape, { positions: inputs, rows: targets, numbers });
    inputPositions.push(inputs.subarray(0, inputCount));
    inputRows.push(targets.subarray(0, inputCount));
    const lists = [counts, positions, previous, inputs, targets, numbers, rowNumbers, sources];
    words.set(
      [
        ...[rows.length, counts.length, threadTokens, firstToken, inputCount, firstInput],
        ...lists.map((list) => list.byteOffset),
      ],
      thread * planWords,
    );
    firstToken += threadTokens;
    firstInput += inputCount;
  });
  return {
    ...{ threads, tokens, words },
    maximumRows: Math.max(...rowsOf.map((rows) => rows.length)),
    maximumInputs: Math.max(...inputPositions.map((positions) => positions.length)),
    inputPositions: joined(inputPositions, firstInput),
    inputRows: joined(inputRows, firstInput),
  };
}

/**
 * Lists the tokens of a thread's rows, step by step.
 *
 * @param rows longest first
 * @param lists out: `counts` rows at each step; `positions` and `previous` of each token; `sources` at every position of
 *   these rows, in the order of reading: Keras leaves the output of a sequence that is read backwards reversed
 */
function walkRows(
  rows: Int32Array,
  lengths: Int32Array,
  { time, mask, goBackwards }: SequenceShape,
  lists: {
    counts: Int32Array;
    positions: Int32Array;
    previous: Int32Array;
    sources: Int32Array;
    firstToken: number;
  },
): void {
  const { counts, positions, previous, sources, firstToken } = lists;
  // Where each row goes on, in the order of reading, and the packed position of its latest state; -1: the initial state.
  const cursor = new Int32Array(rows.length);
  const latest = new Int32Array(rows.length).fill(-1);
  const direction = goBackwards ? -1 : 1;
  let token = 0;
  let running = rows.length;
  for (let step = 0; step < counts.length; step++) {
    while (lengths[rows[running - 1]] <= step) running--;
    counts[step] = running;
    for (let j = 0; j < running; j++) {
      const start = rows[j] * time;
      let at = cursor[j];
      let position = goBackwards ? start + time - 1 - at : start + at;
      while (mask !== undefined && mask[position] === 0) {
        sources[start + at++] = latest[j];
        position += direction;
      }
      cursor[j] = at + 1;
      positions[token] = position;
      previous[token] = latest[j];
      latest[j] = firstToken + token;
      sources[start + at] = firstToken + token;
      token++;
    }
  }
  rows.forEach((row, j) => {
    sources.fill(latest[j], row * time + cursor[j], (row + 1) * time);
  });
}

function joined(parts: readonly Int32Array[], length: number): Int32Array {
  const all = new Int32Array(length);
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Copies a plan's words to the address at which the kernels will find them: there its lists are addresses. */
export function placePlan({ words, threads }: SequencePlan, address: number, memory: Int32Array): void {
  memory.set(words);
  for (let thread = 0; thread < threads; thread++) {
    const end = (thread + 1) * planWords;
    for (let list = end - planLists; list < end; list++) memory[list] += address;
  }
}

/** Steps that count in each row. */
function rowLengths({ batch, time, mask }: SequenceShape): Int32Array {
  const lengths = new Int32Array(batch);
  if (!mask) return lengths.fill(time);
  for (let row = 0; row < batch; row++) {
    for (let i = row * time; i < (row + 1) * time; i++) if (mask[i] !== 0) lengths[row]++;
  }
  return lengths;
}

/** The rows of each thread, longest first. */
function dealRows(lengths: Int32Array, threads: number): number[][] {
  const order = Array.from(lengths, (_, row) => row).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const rowsOf: number[][] = Array.from({ length: threads }, () => []);
  order.forEach((row, i) => {
    const place = i % (2 * threads);
    rowsOf[place < threads ? place : 2 * threads - 1 - place].push(row);
  });
  return rowsOf;
}
