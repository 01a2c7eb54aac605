import { type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { LSTMCell, LSTMLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { callRecurrent } from './recurrent-call.js';
import {
  type RecurrentRegularization,
  regularizationConfig,
  regularizationOf,
  savedClassName,
  zonedName,
} from './recurrent-regularization.js';
import { registerClass } from './register-class.js';
import { StockLstm } from './stock-classes.js';

export type LstmArgs = LSTMLayerArgs & Partial<RecurrentRegularization>;

/**
 * TF.js' `LSTM` layer, which a backend that has the fused kernel computes in one operation for the whole masked sequence,
 * if `activation` is tanh and `recurrentActivation` sigmoid, as in Keras (TF.js' own default is `hardSigmoid`). Class name,
 * config, weights and saved files are the stock ones. As there, the forget gate's bias starts at 1 only with
 * `unitForgetBias: true`, which is Keras' default, but not TF.js'.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, units], or [batch, time, units] with
 * `returnSequences`; with `returnState` then the state and the cell state [batch, units]. Gates in Keras' order i, f, c, o.
 * For what is dropped in training see `callRecurrent`.
 */
export class LSTM extends StockLstm {
  static readonly className: string = 'LSTM';

  declare readonly cell: LSTMCell;
  readonly regularization: RecurrentRegularization;

  constructor(args: LstmArgs) {
    super(args);
    this.regularization = regularizationOf(args);
  }

  /** The stock layer leaves four tensors behind, of which it makes the bias with `unitForgetBias`. */
  override build(inputShape: Shape | Shape[]): void {
    tidy(() => super.build(inputShape));
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    const { activation, recurrentActivation } = this.cell;
    const standard = activation.getClassName() === 'tanh' && recurrentActivation.getClassName() === 'sigmoid';
    return callRecurrent(this, inputs, { kwargs, fusedCell: standard ? 'lstm' : undefined });
  }

  override getClassName(): string {
    return savedClassName('LSTM', this.regularization);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...regularizationConfig(this.regularization) };
  }
}

/** The same layer, by the name that it is saved under when it has zoneout. */
export class ZoneoutLSTM extends LSTM {
  static override readonly className = zonedName('LSTM');
}

/** Makes TF.js build this class wherever a model names `LSTM`. */
export function registerLstm(): void {
  registerClass(LSTM);
  registerClass(ZoneoutLSTM);
}
