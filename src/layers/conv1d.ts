import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Activation } from '@tensorflow/tfjs-layers/dist/activations.js';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { ConvLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/convolutional.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { convolve, type Padding } from './convolve.js';
import { inputMask } from './input-mask.js';
import { registerClass } from './register-class.js';
import { singleMask, singleTensor } from './single-tensor.js';
import { StockConv1D } from './stock-classes.js';
import { windowMask } from './window-mask.js';

/** What TF.js' declarations keep to themselves. */
interface Settings {
  kernel: LayerVariable;
  bias: LayerVariable | null;
  kernelSize: number[];
  strides: number[];
  dilationRate: number[];
  padding: Padding;
  dataFormat: string;
  activation: Activation | null;
}

/**
 * TF.js' `Conv1D`, with masks and, on a backend that has the kernel, as one matrix product. Config and weights are the stock
 * ones; the class has a name of its own, because with padding the stock one gives other numbers, and throws on a text that
 * is shorter than a window. `padding: 'causal'` works, too. With strides, dilation or channels in front the layer does what
 * the stock one does.
 *
 * Masked steps count as zeros. The mask of the output leaves out windows that reach beyond the tokens (see `windowMask`),
 * so that a maximum over time is the same with padding as without, and rows shorter than a window have one.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, steps, filters].
 */
export class MaskedConv1D extends StockConv1D {
  static readonly className = 'MaskedConv1D';

  constructor(args: ConvLayerArgs) {
    super(args);
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    if (!this.isUsual()) return super.call(inputs, kwargs);
    const x = singleTensor(inputs);
    const { kernel, bias, padding, activation } = this as unknown as Settings;
    const name = activation?.getClassName() ?? 'linear';
    return tidy(() => {
      const mask = inputMask(x, kwargs);
      const weights = { kernel: kernel.read(), bias: bias?.read() };
      const result = convolve(x, { ...weights, mask, padding, relu: name === 'relu' });
      return activation && name !== 'relu' && name !== 'linear' ? activation.apply(result) : result;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const shape = super.computeOutputShape(inputShape) as Shape;
    const { padding } = this as unknown as Settings;
    const time = (inputShape as Shape)[1];
    if (!this.isUsual() || time == null) return shape;
    const steps = padding === 'valid' ? Math.max(1, shape[1]!) : time;
    return [shape[0], steps, shape[2]];
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    const none = null as unknown as Tensor;
    const one = singleMask(mask);
    const { padding, kernelSize } = this as unknown as Settings;
    if (!one || !this.isUsual()) return none;
    return padding === 'valid' ? windowMask(one, kernelSize[0]) : one;
  }

  private isUsual(): boolean {
    const { strides, dilationRate, dataFormat } = this as unknown as Settings;
    return strides[0] === 1 && [dilationRate].flat()[0] === 1 && dataFormat === 'channelsLast';
  }
}

/** Makes TF.js build this class wherever a model names `MaskedConv1D`. */
export function registerConv1D(): void {
  registerClass(MaskedConv1D);
}
