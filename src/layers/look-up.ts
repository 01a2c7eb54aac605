import { customGrad, gather, reshape, type Tensor, unsortedSegmentSum } from '@tensorflow/tfjs-core';

/**
 * Rows of a table by id, with the gradient of the table in one operation: the stock one also transposes what it sums and the
 * whole of the result, twice for nothing.
 *
 * @param table [rows, units]
 * @param ids int32, of any shape
 * @returns [...ids, units]
 */
export function lookUp(table: Tensor, ids: Tensor): Tensor {
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
