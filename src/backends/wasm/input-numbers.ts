/** For each id, when it was last seen and the number that it got then; grows with the largest id. */
let seenIn = new Int32Array(0);
let numberOf = new Int32Array(0);
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
  const { rows, numbers } = lists;
  if (!ids) {
    lists.positions.set(positions);
    for (let token = 0; token < positions.length; token++) {
      rows[token] = token;
      numbers[token] = token;
    }
    return positions.length;
  }
  growTo(ids);
  generation++;
  const [seen, numberById, now] = [seenIn, numberOf, generation];
  let count = 0;
  for (let token = 0; token < positions.length; token++) {
    const position = positions[token];
    const id = ids[position];
    if (seen[id] !== now) {
      seen[id] = now;
      numberById[id] = known ? id : count;
      if (!known || known[id] === 0) {
        lists.positions[count] = position;
        rows[count++] = numberById[id];
      }
    }
    numbers[token] = numberById[id];
  }
  return count;
}

function growTo(ids: Int32Array): void {
  let largest = 0;
  for (let i = 0; i < ids.length; i++) if (ids[i] > largest) largest = ids[i];
  if (largest < seenIn.length) return;
  seenIn = new Int32Array(largest + 1);
  numberOf = new Int32Array(largest + 1);
  generation = 0;
}
