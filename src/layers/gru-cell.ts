import { add, matMul, mul, split, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { GRUCellLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import { StockGruCell } from './stock-classes.js';

/**
 * One step of a GRU whose reset gate acts after the recurrent product, as in cuDNN and as Keras' `GRU(units)` means:
 *   c = tanh(x Wh + bh + r * (h Uh + ch)), h' = z * h + (1 - z) * c
 * with a second bias row for the recurrent products (Keras' layers/rnn/gru.py, `reset_after=True`). TF.js' own cell throws
 * on that form. Dropout is not for this cell: the fused layers do it.
 */
export class ResetAfterGruCell extends StockGruCell {
  constructor(args: GRUCellLayerArgs) {
    super({ ...args, resetAfter: false });
  }

  /** As the stock cell builds its weights, but for the second bias row. */
  override build(inputShape: Shape | Shape[]): void {
    const [shape] = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    const features = shape[shape.length - 1];
    const columns = 3 * this.units;
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = this;
    const { recurrentInitializer, recurrentRegularizer, recurrentConstraint } = this;
    const { biasInitializer, biasRegularizer, biasConstraint } = this;
    const type = 'float32';
    this.kernel = this.addWeight(
      'kernel',
      [features, columns],
      type,
      kernelInitializer,
      kernelRegularizer,
      true,
      kernelConstraint,
    );
    this.recurrentKernel = this.addWeight(
      'recurrent_kernel',
      [this.units, columns],
      type,
      recurrentInitializer,
      recurrentRegularizer,
      true,
      recurrentConstraint,
    );
    if (this.useBias)
      this.bias = this.addWeight(
        'bias',
        [2, columns],
        type,
        biasInitializer,
        biasRegularizer,
        true,
        biasConstraint,
      );
    this.built = true;
  }

  /** @param inputs [x [batch, features], h [batch, units]] @returns [h', h'] */
  override call([x, h]: Tensor[]): Tensor[] {
    return tidy(() => {
      let input = matMul(x as Tensor<never>, this.kernel.read() as Tensor<never>) as Tensor;
      let recurrent = matMul(h as Tensor<never>, this.recurrentKernel.read() as Tensor<never>) as Tensor;
      if (this.useBias) {
        const [inputBias, recurrentBias] = split(this.bias.read(), 2, 0);
        input = add(input, inputBias);
        recurrent = add(recurrent, recurrentBias);
      }
      const [inputZ, inputR, inputC] = split(input, 3, 1);
      const [recurrentZ, recurrentR, recurrentC] = split(recurrent, 3, 1);
      const z = this.recurrentActivation.apply(add(inputZ, recurrentZ));
      const r = this.recurrentActivation.apply(add(inputR, recurrentR));
      const candidate = this.activation.apply(add(inputC, mul(r, recurrentC)));
      const state = add(mul(z, h), mul(sub(1, z), candidate)) as Tensor;
      return [state, state];
    });
  }

  override getConfig(): ReturnType<InstanceType<typeof StockGruCell>['getConfig']> {
    return { ...super.getConfig(), resetAfter: true };
  }
}
