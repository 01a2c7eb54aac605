import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Orthogonal } from '../../src/layers/orthogonal.js';
import { mostFactored, orthonormalVectors } from '../../src/layers/orthonormal-vectors.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';

beforeAll(() => useVariant(backendVariants[0]));

const dot = (one: Float64Array, other: Float64Array) =>
  one.reduce((sum, value, i) => sum + value * other[i], 0);

describe('vectors of up to the size of an LSTM of 256 units', () => {
  // SHA-256 of the float32 numbers that versions before the fast way for larger ones have made: trainings repeat.
  it.each([
    [[16, 48], 3, '3e6d2b00876e8fffff1eb97cb97902840868d424f70b9585b9e5318c722f0a69'],
    [[128, 384], 11, '21ae27eab14fe7c48e93d040bfad851f11f875e62da65e7e3fe4ad0d9ac247a8'],
    [[128, 512], 1, 'add9c5499af066e17eb8b0da27715d66383bfc8dae50ee5bb39097a71bebe55d'],
    [[384, 128], 2, '1c6bf0ca24642eb1c7f7a032b71ff4e2c90c7fa387e0d94760bea8eec79bc16d'],
    [[256, 1024], 5, 'b3a5d051317e2cfc69a99202ad9f96317b145e932e6ac0f76a0b5abe2d3e67f8'],
  ])('are the same to the last bit as ever: %j', (shape, seed, sha256) => {
    const values = tf.tidy(() => new Orthogonal({ seed }).apply(shape).dataSync<'float32'>());
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });
});

describe('vectors beyond that', () => {
  const sizes: [count: number, length: number][] = [
    [512, 512],
    [300, 1201],
    [512, 1536],
  ];

  it.each(sizes)('have length 1 and right angles: %i of length %i', (count, length) => {
    expect(count * count * length).toBeGreaterThan(mostFactored);
    const vectors = orthonormalVectors(count, length, new Random(1));
    expect(vectors).toHaveLength(count);
    let worst = 0;
    for (let one = 0; one < count; one += 7) {
      for (let other = 0; other < count; other++) {
        worst = Math.max(worst, Math.abs(dot(vectors[one], vectors[other]) - (one === other ? 1 : 0)));
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });

  it.each(sizes)('look as directions drawn evenly: %i of length %i', (count, length) => {
    const vectors = orthonormalVectors(count, length, new Random(2));
    const moment = (power: number) =>
      vectors.reduce((sum, vector) => sum + vector.reduce((own, value) => own + value ** power, 0), 0) /
      (count * length);
    const deviation = Math.sqrt(1 / length);
    // The mean of so many numbers of mean 0; the fourth moment of a direction is 3 / (length (length + 2)).
    expect(Math.abs(moment(1))).toBeLessThan((5 * deviation) / Math.sqrt(count * length));
    expect(moment(4) / (3 / (length * (length + 2)))).toBeCloseTo(1, 1);
    // No axis that a vector was turned from stands out, and no number is far larger than the others.
    const onAxis = vectors.reduce((sum, vector, axis) => sum + vector[axis] ** 2, 0) / count;
    expect(onAxis * length).toBeGreaterThan(0.7);
    expect(onAxis * length).toBeLessThan(1.3);
    const largest = Math.max(
      ...vectors.map((vector) => vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
    );
    expect(largest / deviation).toBeLessThan(8);
  });

  it('repeat for the same seed, and are others for another', () => {
    const made = (seed: number) => orthonormalVectors(512, 512, new Random(seed));
    expect(made(4)).toEqual(made(4));
    expect(made(4)[0]).not.toEqual(made(5)[0]);
  });

  it('are there soon: a GRU of 1,024 units takes 31 million turns of a pair, not 13 thousand million multiplications', () => {
    const values = tf.tidy(() => new Orthogonal({ seed: 1 }).apply([1024, 3072]).dataSync<'float32'>());
    const squares = values.subarray(0, 3072).reduce((sum, value) => sum + value * value, 0);
    expect(squares).toBeCloseTo(1, 5);
  });
});
