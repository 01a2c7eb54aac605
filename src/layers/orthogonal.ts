import { serialization, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { Random } from '../random/random.js';
import { orthonormalVectors } from './orthonormal-vectors.js';
import { StockInitializer } from './stock-classes.js';

/**
 * Random matrices with orthonormal rows or columns, whichever are fewer (Saxe et al. 2014; Keras' `Orthogonal`): the Q of
 * the QR factors of a matrix of normal deviates, with the signs of R's diagonal; above 256 units a product of random
 * rotations, see `orthonormalVectors`.
 *
 * Takes the place of TF.js' own `Orthogonal`, which needs seconds for the recurrent kernel of a GRU, ignores its seed and
 * warns about both; saved models name it the same way.
 */
export class Orthogonal extends StockInitializer {
  static readonly className = 'Orthogonal';
  private readonly gain: number;
  private readonly seed: number;

  /** @param options `gain` scales the matrix, default 1; the same `seed`, default 0, gives the same matrix */
  constructor(options: { gain?: number; seed?: number } = {}) {
    super();
    this.gain = options.gain ?? 1;
    this.seed = options.seed ?? 0;
  }

  override apply(shape: number[]): Tensor {
    const columns = shape[shape.length - 1];
    const rows = shape.reduce((product, size) => product * size, 1) / columns;
    const [length, count] = [Math.max(rows, columns), Math.min(rows, columns)];
    const vectors = orthonormalVectors(count, length, new Random(this.seed));
    const values = new Float32Array(rows * columns);
    for (let vector = 0; vector < count; vector++) {
      for (let i = 0; i < length; i++) {
        values[rows >= columns ? i * columns + vector : vector * columns + i] =
          this.gain * vectors[vector][i];
      }
    }
    return tensor(values, shape);
  }

  override getConfig(): Record<string, unknown> {
    return { gain: this.gain, seed: this.seed };
  }
}

/** Makes TF.js build this class wherever a model names `Orthogonal`. */
export function registerOrthogonal(): void {
  serialization.registerClass(
    Orthogonal as unknown as serialization.SerializableConstructor<serialization.Serializable>,
  );
}
