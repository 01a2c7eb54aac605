import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { SimpleRNNCell, SimpleRNNLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { FusedCell } from '../backends/fused-kernels.js';
import { callRecurrent } from './recurrent-call.js';
import {
  type RecurrentRegularization,
  regularizationConfig,
  regularizationOf,
  savedClassName,
  zonedName,
} from './recurrent-regularization.js';
import { registerClass } from './register-class.js';
import { StockSimpleRnn } from './stock-classes.js';

/** Cells that the fused kernel has, by the class names of their activations. */
const fusedCells: Readonly<Record<string, FusedCell>> = { tanh: 'simpleTanh', relu: 'simpleRelu' };

export type SimpleRnnArgs = SimpleRNNLayerArgs & Partial<RecurrentRegularization>;

/**
 * TF.js' `SimpleRNN` layer, which a backend that has the fused kernel computes in one operation for the whole masked
 * sequence, if `activation` is tanh (the default) or relu. Class name, config, weights and saved files are the stock ones.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, units], or [batch, time, units] with
 * `returnSequences`; with `returnState` then the state [batch, units]. For what is dropped in
 * training see `callRecurrent`.
 */
export class SimpleRNN extends StockSimpleRnn {
  static readonly className: string = 'SimpleRNN';

  declare readonly cell: SimpleRNNCell;
  readonly regularization: RecurrentRegularization;

  constructor(args: SimpleRnnArgs) {
    super(args);
    this.regularization = regularizationOf(args);
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    const fusedCell = fusedCells[this.cell.activation.getClassName()];
    return callRecurrent(this, inputs, { kwargs, fusedCell });
  }

  override getClassName(): string {
    return savedClassName('SimpleRNN', this.regularization);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...regularizationConfig(this.regularization) };
  }
}

/** The same layer, by the name that it is saved under when it has zoneout. */
export class ZoneoutSimpleRNN extends SimpleRNN {
  static override readonly className = zonedName('SimpleRNN');
}

/** Makes TF.js build this class wherever a model names `SimpleRNN`. */
export function registerSimpleRnn(): void {
  registerClass(SimpleRNN);
  registerClass(ZoneoutSimpleRNN);
}
