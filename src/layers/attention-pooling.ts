import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Initializer, InitializerIdentifier } from '@tensorflow/tfjs-layers/dist/initializers.js';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { attend } from './attend.js';
import { inputMask } from './input-mask.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';

export interface AttentionPoolingArgs extends LayerArgs {
  /** Columns of W; default: as many as the input has features. */
  units?: number | null;
  /** Of W; default: `glorotUniform`. */
  kernelInitializer?: InitializerIdentifier | Initializer;
  /** Of b; default: `zeros`. */
  biasInitializer?: InitializerIdentifier | Initializer;
  /** Of v; default: `glorotUniform`. */
  contextInitializer?: InitializerIdentifier | Initializer;
}

/**
 * Attention over time as a pooling (Yang et al. 2016): a step's weight is the softmax, over the steps that count, of
 * v . tanh(W h + b); the output is the weighted mean of the steps.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, features]: zeros for a row without any step that
 * counts. Weights: `kernel` [features, units], `bias` [units], `context` [units, 1]. TF.js has no layer of this kind: a
 * saved model needs `registerLayers`.
 */
export class AttentionPooling extends layers.Layer {
  static readonly className = 'AttentionPooling';
  private readonly units: number | null;
  private readonly initializers: Record<'kernel' | 'bias' | 'context', SettledInitializer>;
  private kernel!: LayerVariable;
  private bias!: LayerVariable;
  private context!: LayerVariable;

  constructor(args: AttentionPoolingArgs = {}) {
    super(args);
    this.units = args.units ?? null;
    this.initializers = {
      kernel: settleInitializer(args.kernelInitializer ?? 'glorotUniform'),
      bias: settleInitializer(args.biasInitializer ?? 'zeros'),
      context: settleInitializer(args.contextInitializer ?? 'glorotUniform'),
    };
    this.supportsMasking = true;
    this.inputSpec = [{ ndim: 3 }];
  }

  override build(inputShape: Shape): void {
    const features = inputShape[inputShape.length - 1]!;
    const units = this.units ?? features;
    const weight = (name: 'kernel' | 'bias' | 'context', shape: number[]) =>
      this.addWeight(name, shape, 'float32', this.initializers[name].initializer);
    this.kernel = weight('kernel', [features, units]);
    this.bias = weight('bias', [units]);
    this.context = weight('context', [units, 1]);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [inputShape[0], inputShape[2]];
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    const x = singleTensor(inputs);
    const [kernel, bias, context] = [this.kernel, this.bias, this.context].map((weight) => weight.read());
    return attend(x, { kernel, bias, context }, inputMask(x, kwargs));
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }

  override getConfig(): serialization.ConfigDict {
    const { kernel, bias, context } = this.initializers;
    return {
      ...super.getConfig(),
      units: this.units,
      kernelInitializer: kernel.config,
      biasInitializer: bias.config,
      contextInitializer: context.config,
    };
  }
}

interface SettledInitializer {
  initializer: Initializer;
  config: serialization.ConfigDict;
}

/** TF.js makes initializers from names and configs, but only inside its own layers: a dense layer does it here. */
function settleInitializer(kernelInitializer: InitializerIdentifier | Initializer): SettledInitializer {
  const dense = layers.dense({ units: 1, kernelInitializer });
  return {
    initializer: (dense as unknown as { kernelInitializer: Initializer }).kernelInitializer,
    config: dense.getConfig().kernelInitializer as serialization.ConfigDict,
  };
}

/** Makes TF.js build this class wherever a model names `AttentionPooling`. */
export function registerAttentionPooling(): void {
  registerClass(AttentionPooling);
}
