import {
  abs,
  add,
  customGrad,
  exp,
  log1p,
  logSoftmax,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  type Scalar,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/**
 * Mean binary cross-entropy of logits [batch, 1] and labels [batch, 1] of 0 and 1:
 *   max(x, 0) - x y + log(1 + e^-|x|)
 * From logits, as Keras computes it too when the probabilities come out of a sigmoid layer: nothing saturates.
 */
export function binaryCrossentropy(labels: Tensor, logits: Tensor): Scalar {
  const operation = customGrad((x, y, save) => {
    const [$x, $y] = [x as Tensor, y as Tensor];
    (save as unknown as (tensors: Tensor[]) => void)([$x, $y]);
    const losses = add(sub(maximum($x, 0), mul($x, $y)), log1p(exp(neg(abs($x)))));
    const gradFunc = (gradient: Tensor, [savedX, savedY]: Tensor[]) => [
      mul(sub(sigmoid(savedX), savedY), mul(gradient, 1 / savedX.size)),
      mul(neg(savedX), mul(gradient, 1 / savedX.size)),
    ];
    return { value: mean(losses), gradFunc };
  });
  return operation(logits, labels) as Scalar;
}

/** Mean cross-entropy of logits [batch, labels] and int32 labels [batch], from logits. */
export function sparseCategoricalCrossentropy(labels: Tensor1D, logits: Tensor): Scalar {
  const chosen = mul(logSoftmax(logits), oneHot(labels, logits.shape[1]!));
  return neg(mean(sum(chosen, 1))) as Scalar;
}
