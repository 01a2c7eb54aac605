/** For each id, when it was last seen and the number that it got then, side by side; grows with the largest id. */
let seen = new Int32Array(0);
let generation = 0;

/** Out: which input rows a thread multiplies, and where each of its tokens finds its product. */
export interface InputLists {
  /** [inputs]: position of an input row. */
  positions: Int32Array;
  /** [inputs]: row that its product gets. */
  rows: Int32Array;
  /** [tokens]: row of the token's product. */
  numbers: Int32Array;
}

/**
 * Numbers the input rows that a thread has to multiply, in the order in which they first come: each different row once,
 * and none whose product is known.
 *
 * @param positions of the tokens in [batch, time]
 * @param inputs `ids` [batch, time], not negative: equal ids, equal rows; absent: every position is its own row. `known`
 *   by id: products are kept by id, and those marked are there already; absent: products are kept in the order of `rows`
 * @returns how many there are to multiply
 */
export function numberInputs(
  positions: Int32Array,
  inputs: { ids?: Int32Array; known?: Uint8Array },
  lists: InputLists,
): number {
  const { ids, known } = inputs;
  const { positions: sources, rows, numbers } = lists;
  if (!ids) {
    sources.set(positions);
    for (let token = 0; token < positions.length; token++) {
      rows[token] = token;
      numbers[token] = token;
    }
    return positions.length;
  }
  growTo(ids);
  generation++;
  const latest: Int32Array = seen;
  const now = generation;
  let count = 0;
  for (let token = 0; token < positions.length; token++) {
    const position = positions[token];
    const id: number = ids[position];
    const at = 2 * id;
    if (latest[at] !== now) {
      latest[at] = now;
      latest[at + 1] = known ? id : count;
      if (!known || known[id] === 0) {
        sources[count] = position;
        rows[count++] = latest[at + 1];
      }
    }
    numbers[token] = latest[at + 1];
  }
  return count;
}

function growTo(ids: Int32Array): void {
  let largest = 0;
  for (let i = 0; i < ids.length; i++) if (ids[i] > largest) largest = ids[i];
  if (2 * largest < seen.length) return;
  seen = new Int32Array(2 * (largest + 1));
  generation = 0;
}
