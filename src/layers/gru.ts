import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { GRUCell, GRULayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { FusedCell } from '../backends/fused-kernels.js';
import { ResetAfterGruCell, ResetBeforeGruCell } from './gru-cell.js';
import { callRecurrent } from './recurrent-call.js';
import {
  type RecurrentRegularization,
  regularizationConfig,
  regularizationOf,
  savedClassName,
  zonedName,
} from './recurrent-regularization.js';
import { registerClass } from './register-class.js';
import { StockGru } from './stock-classes.js';

export type GruArgs = GRULayerArgs &
  Partial<RecurrentRegularization> & {
    /** Keras' form of the cell; see `ResetAfterGruCell`. Default: false, TF.js' own form. */
    resetAfter?: boolean;
  };

/**
 * TF.js' `GRU` layer with two additions: `resetAfter: true` works on every backend, and where the backend has the fused
 * kernel one operation runs the whole masked sequence, if `activation` is tanh and `recurrentActivation` sigmoid. Class
 * name, config, weights and saved files are the stock ones, so a model with `resetAfter: false` loads in stock TF.js.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, units], or [batch, time, units] with
 * `returnSequences`; with `returnState` then the state [batch, units]. For what is dropped in
 * training see `callRecurrent`.
 */
export class GRU extends StockGru {
  static readonly className: string = 'GRU';

  declare readonly cell: GRUCell;
  readonly regularization: RecurrentRegularization;

  constructor(args: GruArgs) {
    super({ ...args, resetAfter: false } as GRULayerArgs);
    const Cell = args.resetAfter ? ResetAfterGruCell : ResetBeforeGruCell;
    (this as { cell: GRUCell }).cell = new Cell(args);
    this.regularization = regularizationOf(args);
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    return callRecurrent(this, inputs, { kwargs, fusedCell: this.fusedCell() });
  }

  private fusedCell(): FusedCell | undefined {
    const { cell } = this;
    const standard =
      cell.activation.getClassName() === 'tanh' && cell.recurrentActivation.getClassName() === 'sigmoid';
    if (!standard) return undefined;
    return cell instanceof ResetAfterGruCell ? 'gruResetAfter' : 'gruResetBefore';
  }

  override getClassName(): string {
    return savedClassName('GRU', this.regularization);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...regularizationConfig(this.regularization) };
  }
}

/** The same layer, by the name that it is saved under when it has zoneout. */
export class ZoneoutGRU extends GRU {
  static override readonly className = zonedName('GRU');
}

/** Makes TF.js build this class wherever a model names `GRU`. */
export function registerGru(): void {
  registerClass(GRU);
  registerClass(ZoneoutGRU);
}
