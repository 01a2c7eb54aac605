import { describe, expect, it } from 'vitest';
import { adversarialPerturbation } from '../../src/training/adversarial-perturbation.js';
import { randomNumbers } from '../backends/random-numbers.js';

const [rows, time, units] = [3, 4, 2];
const ids = [1, 2, 3, 0, 4, 4, 0, 0, 5, 1, 2, 3];
const vectors = randomNumbers(rows * time * units, { seed: 1 });
const gradients = randomNumbers(rows * time * units, { seed: 2 });
const size = time * units;

const perturb = (changes = {}, epsilon = 0.1) =>
  adversarialPerturbation({ vectors, gradients, ids, ...changes }, { rows, units, epsilon });

const lengthOf = (values: Float32Array, row: number) =>
  Math.hypot(...values.subarray(row * size, (row + 1) * size));

describe('adversarialPerturbation', () => {
  it('is as long as epsilon says for each example, beside the vectors of the words that are there', () => {
    const words = vectors.map((value, i) => (ids[Math.floor(i / units)] === 0 ? 0 : value));
    for (let row = 0; row < rows; row++)
      expect(lengthOf(perturb(), row)).toBeCloseTo(0.1 * lengthOf(words, row), 6);
  });

  it("points where an example's own gradient does", () => {
    const moved = perturb();
    for (let row = 0; row < rows; row++) {
      const ratio = lengthOf(moved, row) / lengthOf(gradients, row);
      for (let i = row * size; i < (row + 1) * size; i++)
        expect(moved[i]).toBeCloseTo(gradients[i] * ratio, 6);
    }
  });

  it('depends neither on how steep the loss is nor, but for its length, on how long the vectors are', () => {
    const steep = gradients.map((value, i) => value * [1e-30, 1, 1e30][Math.floor(i / size)]);
    perturb({ gradients: steep }).forEach((value, i) => {
      expect(value).toBeCloseTo(perturb()[i], 6);
    });
    const long = perturb({ vectors: vectors.map((value) => 10 * value) });
    long.forEach((value, i) => {
      expect(value).toBeCloseTo(10 * perturb()[i], 5);
    });
  });

  it('takes steps that have no id for padding, as texts in pieces have them', () => {
    const longer = (values: Float32Array) =>
      Float32Array.from({ length: rows * (size + units) }, (_, i) => {
        const [row, place] = [Math.floor(i / (size + units)), i % (size + units)];
        return place < size ? values[row * size + place] : 0;
      });
    const moved = perturb({ vectors: longer(vectors), gradients: longer(gradients) });
    expect(moved).toEqual(longer(perturb()));
  });

  it('leaves an example alone that has no gradient, and one that has no words', () => {
    const flat = gradients.map((value, i) => (i < size ? 0 : value));
    expect([...perturb({ gradients: flat }).subarray(0, size)]).toEqual(new Array(size).fill(0));
    expect(perturb({ ids: new Array(rows * time).fill(0) }).every((value) => value === 0)).toBe(true);
  });
});
