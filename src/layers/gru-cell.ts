import { add, matMul, mul, slice, split, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { GRUCellLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { StockGruCell } from './stock-classes.js';

/**
 * One step of a GRU whose reset gate acts after the recurrent product, as in cuDNN and as Keras' `GRU(units)` means:
 *   c = tanh(x Wh + bh + r * (h Uh + ch)), h' = z * h + (1 - z) * c
 * with a second bias row for the recurrent products (Keras' layers/rnn/gru.py, `reset_after=True`). TF.js' own cell throws
 * on that form. Its dropout masks are those that the layer sets.
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
      let input = product(times(x, this.dropoutMask), this.kernel.read());
      let recurrent = product(times(h, this.recurrentDropoutMask), this.recurrentKernel.read());
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

/**
 * TF.js' own GRU cell, but for `recurrentDropout`, whose mask multiplies the state where it enters the recurrent products
 * and not where z keeps it: h' = z * h + (1 - z) * c, as Keras and Gal & Ghahramani 2016 have it. TF.js' cell keeps
 * z * (masked h), and with it forgets a dropped unit for good.
 */
export class ResetBeforeGruCell extends StockGruCell {
  constructor(args: GRUCellLayerArgs) {
    super({ ...args, resetAfter: false });
  }

  /** @param inputs [x [batch, features], h [batch, units]] @returns [h', h'] */
  override call(inputs: Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    if (!this.recurrentDropoutMask) return super.call(inputs, kwargs);
    return tidy(() => {
      const [x, h] = inputs;
      const { units } = this;
      const entering = times(h, this.recurrentDropoutMask);
      let input = product(times(x, this.dropoutMask), this.kernel.read());
      if (this.useBias) input = add(input, this.bias.read());
      const [inputZ, inputR, inputC] = split(input, 3, 1);
      const recurrentKernel = this.recurrentKernel.read();
      const gates = product(entering, slice(recurrentKernel, [0, 0], [units, 2 * units]));
      const [recurrentZ, recurrentR] = split(gates, 2, 1);
      const z = this.recurrentActivation.apply(add(inputZ, recurrentZ));
      const r = this.recurrentActivation.apply(add(inputR, recurrentR));
      const candidateKernel = slice(recurrentKernel, [0, 2 * units], [units, units]);
      const candidate = this.activation.apply(add(inputC, product(mul(r, entering), candidateKernel)));
      const state = add(mul(z, h), mul(sub(1, z), candidate)) as Tensor;
      return [state, state];
    });
  }
}

const product = (a: Tensor, b: Tensor) => matMul(a as Tensor<never>, b as Tensor<never>) as Tensor;

/** A tensor times a mask as a cell of TF.js holds it: in a list; or the tensor itself where there is none. */
const times = (tensor: Tensor, mask: Tensor | Tensor[] | null) =>
  mask ? mul(tensor, Array.isArray(mask) ? mask[0] : mask) : tensor;
