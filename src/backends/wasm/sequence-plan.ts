import { numberInputs } from './input-numbers.js';

/** 32-bit words of a `ThreadPlan` of kernels/sequence.ts: six numbers, then eight lists. */
const planWords = 14;
const planLists = 8;

export interface SequenceShape {
  batch: number;
  time: number;
  /** [batch, time], not zero where a step counts; absent: every step does. */
  mask?: ArrayLike<number>;
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
  const { batch, time, mask, threads, goBackwards } = shape;
  const lengths = rowLengths(shape);
  const rowsOf = dealRows(lengths, threads);
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const words = new Int32Array(threads * (planWords + time) + 5 * tokens + batch + batch * time);
  const sources = words.length - batch * time;

  let free = threads * planWords;
  let firstToken = 0;
  let firstInput = 0;
  let maximumInputs = 0;
  const everyPosition = new Int32Array(tokens);
  const everyRow = new Int32Array(tokens);
  // Where each row goes on, in the order of reading, and the packed position of its latest state; -1: the initial state.
  const cursor = new Int32Array(batch);
  const latest = new Int32Array(batch).fill(-1);
  rowsOf.forEach((rows, thread) => {
    const steps = rows.length > 0 ? lengths[rows[0]] : 0;
    const threadTokens = rows.reduce((sum, row) => sum + lengths[row], 0);
    const counts = free;
    const positions = counts + steps;
    const previous = positions + threadTokens;
    const inputPositions = previous + threadTokens;
    const inputRows = inputPositions + threadTokens;
    const inputNumbers = inputRows + threadTokens;
    const rowNumbers = inputNumbers + threadTokens;
    free = rowNumbers + rows.length;
    words.set(rows, rowNumbers);
    let token = 0;
    let running = rows.length;
    for (let step = 0; step < steps; step++) {
      while (lengths[rows[running - 1]] <= step) running--;
      words[counts + step] = running;
      for (let j = 0; j < running; j++) {
        const row = rows[j];
        const start = row * time;
        let at = cursor[row];
        let position = goBackwards ? start + time - 1 - at : start + at;
        // Output is stored in the order of reading: Keras leaves a sequence that is read backwards reversed.
        while (mask && mask[position] === 0) {
          words[sources + start + at++] = latest[row];
          position += goBackwards ? -1 : 1;
        }
        cursor[row] = at + 1;
        words[positions + token] = position;
        words[previous + token] = latest[row];
        latest[row] = firstToken + token;
        words[sources + start + at] = firstToken + token;
        token++;
      }
    }
    for (const row of rows)
      words.fill(latest[row], sources + row * time + cursor[row], sources + (row + 1) * time);
    const list = (start: number) => words.subarray(start, start + threadTokens);
    const lists = { positions: list(inputPositions), rows: list(inputRows), numbers: list(inputNumbers) };
    const inputs = numberInputs(list(positions), shape, lists);
    const starts = [
      counts,
      positions,
      previous,
      inputPositions,
      inputRows,
      inputNumbers,
      rowNumbers,
      sources,
    ];
    words.set(
      [rows.length, steps, threadTokens, firstToken, inputs, firstInput, ...starts.map((start) => 4 * start)],
      thread * planWords,
    );
    everyPosition.set(lists.positions.subarray(0, inputs), firstInput);
    everyRow.set(lists.rows.subarray(0, inputs), firstInput);
    firstToken += threadTokens;
    firstInput += inputs;
    maximumInputs = Math.max(maximumInputs, inputs);
  });
  const maximumRows = Math.max(...rowsOf.map((rows) => rows.length));
  return {
    ...{ threads, tokens, maximumRows, maximumInputs },
    inputPositions: everyPosition.subarray(0, firstInput),
    inputRows: everyRow.subarray(0, firstInput),
    words,
  };
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
