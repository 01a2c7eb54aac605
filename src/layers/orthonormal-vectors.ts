import type { Random } from '../random/random.js';

/** Multiplications (count^2 * length) up to which vectors are made by factoring; some tenths of a second. */
export const mostFactored = 256 * 256 * 1024;

/**
 * Random vectors of length 1 at right angles to each other, `[count][length]`, count at most length.
 *
 * Up to the size of an LSTM of 256 units they are what Gram and Schmidt make of normal deviates, each direction equally
 * likely. Beyond, where that takes seconds to hours, they are the rows of a product of random sparse rotations, which takes
 * count * length * log(length) steps.
 */
export function orthonormalVectors(count: number, length: number, random: Random): Float64Array[] {
  return count * count * length <= mostFactored
    ? factoredVectors(count, length, random)
    : rotatedVectors(count, length, random);
}

/** Modified Gram-Schmidt, each vector twice, on normal deviates (Box-Muller): its diagonal of R is positive. */
function factoredVectors(count: number, length: number, random: Random): Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let n = 0; n < count; n++) {
    const vector = Float64Array.from({ length }, () => {
      return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    });
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        let dot = 0;
        for (let i = 0; i < length; i++) dot += vector[i] * other[i];
        for (let i = 0; i < length; i++) vector[i] -= dot * other[i];
      }
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vectors.push(vector.map((value) => value / norm));
  }
  return vectors;
}

/** One turn of all numbers of a vector: they are paired by chance, and each pair is turned by 45 degrees. */
interface Turn {
  /** `[length]`: places of the first pair, of the second, ... */
  readonly places: Int32Array;
  /** `[length]`: the square root of one half, with a sign drawn for each number. */
  readonly factors: Float64Array;
}

/**
 * Turns, one after another, of unit vectors along the axes: a Hadamard transform with random signs (Ailon & Chazelle 2006) and
 * random pairs, so that any length will do. A turn halves the distance of the numbers' fourth moment from that of a
 * direction drawn evenly: log2(length) turns spread a vector over all places, and eight more leave 1 / 256 of it.
 */
function rotatedVectors(count: number, length: number, random: Random): Float64Array[] {
  const turns = Array.from({ length: Math.ceil(Math.log2(length)) + 8 }, () => drawTurn(length, random));
  return Array.from({ length: count }, (_, axis) => {
    const vector = new Float64Array(length);
    vector[axis] = 1;
    for (const turn of turns) apply(turn, vector);
    return vector;
  });
}

function drawTurn(length: number, random: Random): Turn {
  const places = Int32Array.from({ length }, (_, place) => place);
  random.shuffle(places);
  const factors = Float64Array.from({ length }, () => (random.next() < 0.5 ? -Math.SQRT1_2 : Math.SQRT1_2));
  return { places, factors };
}

function apply({ places, factors }: Turn, vector: Float64Array): void {
  for (let i = 0; i + 1 < places.length; i += 2) {
    const first = places[i];
    const second = places[i + 1];
    const x = vector[first];
    const y = vector[second];
    vector[first] = factors[i] * (x - y);
    vector[second] = factors[i + 1] * (x + y);
  }
}
