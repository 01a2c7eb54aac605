/** 32-bit words of a `ThreadPlan` of kernels/sequence.ts, and the order of its fields. */
const planWords = 13;

export interface SequenceShape {
  batch: number;
  time: number;
  /** [batch, time], not zero where a step counts; absent: every step does. */
  mask?: ArrayLike<number>;
  /** Each row is read from its last step to its first. */
  goBackwards: boolean;
  threads: number;
  /** [batch, time]: equal numbers promise equal rows of the input, as the ids of an embedding do; absent: none are. */
  ids?: ArrayLike<number>;
}

/** How each thread walks its rows; the layout in memory is that of kernels/sequence.ts. */
export interface SequencePlan {
  /** Steps that count, over all rows: length of every packed array. */
  tokens: number;
  /** Rows of the thread that owns most. */
  maximumRows: number;
  /** Different input rows of the thread that has most. */
  maximumInputs: number;
  words: Int32Array;
}

/**
 * Deals the rows of a batch to the threads, longest first in the order 0, 1, 1, 0, ..., so that each has nearly the same
 * number of tokens and needs no other thread at any time step.
 *
 * @param base address at which `words` will lie: the plan holds absolute addresses
 */
export function planSequences(shape: SequenceShape, base: number): SequencePlan {
  const { batch, time, mask, threads } = shape;
  const lengths = rowLengths(shape);
  const order = Array.from({ length: batch }, (_, row) => row).sort(
    (a, b) => lengths[b] - lengths[a] || a - b,
  );
  const rowsOf: number[][] = Array.from({ length: threads }, () => []);
  for (let i = 0; i < batch; i++) {
    const place = i % (2 * threads);
    rowsOf[place < threads ? place : 2 * threads - 1 - place].push(order[i]);
  }
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const words = new Int32Array(threads * (planWords + time) + 4 * tokens + batch + batch * time);
  const sources = words.length - batch * time;
  words.fill(-1, sources);

  let free = threads * planWords;
  let firstToken = 0;
  let firstInput = 0;
  let maximumInputs = 0;
  // Position at which each row goes on, and the packed position of its latest state.
  const cursor = new Int32Array(batch);
  const latest = new Int32Array(batch).fill(-1);
  rowsOf.forEach((rows, thread) => {
    const steps = rows.length > 0 ? lengths[rows[0]] : 0;
    const threadTokens = rows.reduce((sum, row) => sum + lengths[row], 0);
    const counts = free;
    const positions = counts + steps;
    const previous = positions + threadTokens;
    const inputPositions = previous + threadTokens;
    const inputNumbers = inputPositions + threadTokens;
    const rowNumbers = inputNumbers + threadTokens;
    free = rowNumbers + rows.length;
    words.set(rows, rowNumbers);
    let token = 0;
    let running = rows.length;
    for (let step = 0; step < steps; step++) {
      while (running > 0 && lengths[rows[running - 1]] <= step) running--;
      words[counts + step] = running;
      for (let j = 0; j < running; j++) {
        const row = rows[j];
        // Output is stored in the order of reading: Keras leaves a sequence that is read backwards reversed.
        let at = cursor[row];
        while (!counted(mask, row, at, shape)) words[sources + row * time + at++] = latest[row];
        cursor[row] = at + 1;
        words[positions + token] = row * time + (shape.goBackwards ? time - 1 - at : at);
        words[previous + token] = latest[row];
        latest[row] = firstToken + token;
        words[sources + row * time + at] = firstToken + token;
        token++;
      }
    }
    for (const row of rows)
      words.fill(latest[row], sources + row * time + cursor[row], sources + (row + 1) * time);
    const inputs = numberInputs(words.subarray(positions, positions + threadTokens), shape, {
      inputPositions: words.subarray(inputPositions, inputPositions + threadTokens),
      inputNumbers: words.subarray(inputNumbers, inputNumbers + threadTokens),
    });
    const address = (word: number) => base + 4 * word;
    words.set(
      [
        ...[rows.length, steps, threadTokens, firstToken, inputs, firstInput],
        ...[counts, positions, previous, inputPositions, inputNumbers, rowNumbers, sources].map(address),
      ],
      thread * planWords,
    );
    firstToken += threadTokens;
    firstInput += inputs;
    maximumInputs = Math.max(maximumInputs, inputs);
  });
  return { tokens, maximumRows: Math.max(...rowsOf.map((rows) => rows.length)), maximumInputs, words };
}

/**
 * Numbers the different input rows among a thread's tokens in the order in which they first come.
 *
 * @param positions of the tokens in [batch, time]
 * @returns how many there are; `inputPositions` then holds where each first came, `inputNumbers` which one a token has
 */
function numberInputs(
  positions: Int32Array,
  { ids }: SequenceShape,
  { inputPositions, inputNumbers }: { inputPositions: Int32Array; inputNumbers: Int32Array },
): number {
  const numbers = new Map<number, number>();
  positions.forEach((position, token) => {
    const id = ids ? ids[position] : position;
    let number = numbers.get(id);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(id, number);
      inputPositions[number] = position;
    }
    inputNumbers[token] = number;
  });
  return numbers.size;
}

/** Most words that a plan of this shape can have. */
export function planWordsAtMost({ batch, time, threads }: SequenceShape): number {
  return threads * (planWords + time) + 5 * batch * time + batch;
}

function counted(
  mask: ArrayLike<number> | undefined,
  row: number,
  at: number,
  shape: SequenceShape,
): boolean {
  return !mask || mask[row * shape.time + (shape.goBackwards ? shape.time - 1 - at : at)] !== 0;
}

/** Steps that count in each row. */
function rowLengths({ batch, time, mask }: SequenceShape): Int32Array {
  const lengths = new Int32Array(batch).fill(mask ? 0 : time);
  if (mask) for (let i = 0; i < batch * time; i++) if (mask[i] !== 0) lengths[(i / time) | 0]++;
  return lengths;
}
