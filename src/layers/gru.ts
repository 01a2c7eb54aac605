import { gather, getBackend, getKernel, serialization, type Tensor } from '@tensorflow/tfjs-core';
import type { GRUCell, GRULayerArgs } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { fusedKernels } from '../backends/fused-kernels.js';
import { fusedGru } from './fused-gru.js';
import { ResetAfterGruCell } from './gru-cell.js';
import { StockGru } from './stock-classes.js';

export type GruArgs = GRULayerArgs & {
  /** Keras' form of the cell; see `ResetAfterGruCell`. Default: false, TF.js' own form. */
  resetAfter?: boolean;
};

/**
 * TF.js' `GRU` layer with two additions: `resetAfter: true` works on every backend, and where the backend has the fused
 * kernel one operation runs the whole masked sequence. Class name, config, weights and saved files are the stock ones,
 * so a model with `resetAfter: false` loads in stock TF.js.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, units], or [batch, time, units] with
 * `returnSequences`.
 */
export class GRU extends StockGru {
  static readonly className = 'GRU';

  declare readonly cell: GRUCell;

  constructor(args: GruArgs) {
    super({ ...args, resetAfter: false } as GRULayerArgs);
    if (args.resetAfter && (args.dropout || args.recurrentDropout)) {
      throw new Error(
        `GRU: dropout ${args.dropout ?? 0} and recurrentDropout ${args.recurrentDropout ?? 0} are not supported with ` +
          'resetAfter: true, expected 0; put a dropout layer in front of it.',
      );
    }
    if (args.resetAfter) (this as { cell: GRUCell }).cell = new ResetAfterGruCell(args);
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    if (!this.canFuse()) return super.call(inputs, kwargs);
    const { cell } = this;
    const initialState = (kwargs?.initialState as Tensor[] | undefined)?.[0];
    const result = fusedGru({
      x: Array.isArray(inputs) ? inputs[0] : inputs,
      kernel: cell.kernel.read(),
      recurrentKernel: cell.recurrentKernel.read(),
      bias: cell.useBias ? cell.bias.read() : undefined,
      initialState,
      mask: kwargs?.mask as Tensor | undefined,
      resetAfter: cell instanceof ResetAfterGruCell,
      goBackwards: this.goBackwards,
      returnSequences: this.returnSequences,
    });
    if (!this.returnState) return result;
    // The last output repeats the final state, masked steps or not; taken from there, it has its gradient too.
    return [result, this.returnSequences ? gather(result, result.shape[1]! - 1, 1) : result];
  }

  /** Forms outside Keras' fast path (other activations, dropout inside the cell, states kept between batches) are composed. */
  private canFuse(): boolean {
    const { cell } = this;
    return (
      getKernel(fusedKernels.gru, getBackend()) !== undefined &&
      cell.activation.getClassName() === 'tanh' &&
      cell.recurrentActivation.getClassName() === 'sigmoid' &&
      !cell.dropout &&
      !cell.recurrentDropout &&
      !this.stateful
    );
  }
}

/** Makes TF.js build this class wherever a model names `GRU`. */
export function registerGru(): void {
  serialization.registerClass(
    GRU as unknown as serialization.SerializableConstructor<serialization.Serializable>,
  );
}
