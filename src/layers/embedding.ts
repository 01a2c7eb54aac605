import {
  cast,
  customGrad,
  gather,
  reshape,
  type Tensor,
  tidy,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';
import { StockEmbedding } from './stock-classes.js';

/**
 * TF.js' `Embedding` layer, ids [batch, ...] to vectors [batch, ..., units], with the gradient of its table in one operation:
 * the stock one also transposes what it sums and the whole of the result, twice for nothing. Class name and config are the
 * stock ones.
 */
export class Embedding extends StockEmbedding {
  static readonly className = 'Embedding';

  override call(inputs: Tensor | Tensor[], _kwargs: Kwargs): Tensor | Tensor[] {
    return tidy(() => {
      const given = singleTensor(inputs);
      const ids = given.dtype === 'int32' ? given : cast(given, 'int32');
      const { embeddings } = this as unknown as { embeddings: { read(): Tensor } };
      return lookUp(embeddings.read(), ids);
    });
  }
}

/**
 * Rows of a table by id.
 *
 * @param table [rows, units]
 * @param ids int32, of any shape
 * @returns [...ids, units]
 */
function lookUp(table: Tensor, ids: Tensor): Tensor {
  const [rows, units] = table.shape;
  const operation = customGrad((...values) => {
    const [own, save] = values as unknown as [Tensor, (tensors: Tensor[]) => void];
    // Ids that were cast are gone by the time of the gradient, unless they are saved.
    save([ids]);
    return {
      value: gather(own, ids),
      gradFunc: (gradient: Tensor, [saved]: Tensor[]) =>
        unsortedSegmentSum(reshape(gradient, [saved.size, units]), reshape(saved, [saved.size]), rows),
    };
  });
  return operation(table);
}

/** Makes TF.js build this class wherever a model names `Embedding`. */
export function registerEmbedding(): void {
  registerClass(Embedding);
}
