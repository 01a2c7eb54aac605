import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../random/random.js';
import { ownRandom } from './dropout-mask.js';

/**
 * Takes a share of an example's different words out of it: an id goes wherever it stands in its row, or nowhere (Gal &
 * Ghahramani 2016, "A Theoretically Grounded Application of Dropout in Recurrent Neural Networks", section 4.2: word types
 * are dropped, not words). With places dropped one by one a word that comes three times would hardly ever be gone.
 *
 * @param ids [batch, time], int32; 0 is padding
 * @param options `rate` in [0, 1); `random` as in {@link dropoutMask}; one number is drawn for each different word of a row,
 *   in the order in which they come
 * @returns the ids, with 0 in the place of those that are dropped
 */
export function dropWords(ids: Tensor, options: { rate: number; random?: Random }): Tensor {
  const { rate, random = ownRandom } = options;
  const kept = ids.dataSync<'int32'>().slice();
  const time = ids.shape[ids.rank - 1]!;
  for (let start = 0; start < kept.length; start += time) {
    const drops = new Map<number, boolean>([[0, false]]);
    for (let i = start; i < start + time; i++) {
      const id = kept[i];
      if (!drops.has(id)) drops.set(id, random.next() < rate);
      if (drops.get(id)) kept[i] = 0;
    }
  }
  return tensor(kept, ids.shape, 'int32');
}
