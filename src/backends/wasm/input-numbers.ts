/** For each id, when it was last seen and the number that it got then; grows with the largest id. */
let seenIn = new Int32Array(0);
let numberOf = new Int32Array(0);
let generation = 0;

/**
 * Numbers the different input rows among a thread's tokens in the order in which they first come.
 *
 * @param positions of the tokens in [batch, time]
 * @param ids [batch, time], not negative: equal ids, equal rows; absent: every position is its own row
 * @param lists out: `inputPositions` holds where each different row first came, `inputNumbers` which one a token has
 * @returns how many different rows there are
 */
export function numberInputs(
  positions: Int32Array,
  ids: Int32Array | undefined,
  { inputPositions, inputNumbers }: { inputPositions: Int32Array; inputNumbers: Int32Array },
): number {
  if (!ids) {
    inputPositions.set(positions);
    for (let token = 0; token < positions.length; token++) inputNumbers[token] = token;
    return positions.length;
  }
  growTo(ids);
  generation++;
  let count = 0;
  for (let token = 0; token < positions.length; token++) {
    const id = ids[positions[token]];
    if (seenIn[id] !== generation) {
      seenIn[id] = generation;
      numberOf[id] = count;
      inputPositions[count++] = positions[token];
    }
    inputNumbers[token] = numberOf[id];
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
