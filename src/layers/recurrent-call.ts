import { scalar, type Tensor, type Tensor2D, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import type { GRUCell, LSTMCell, RNN, SimpleRNNCell } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { type FusedCell, fusedKernels } from '../backends/fused-kernels.js';
import { dropoutMask } from './dropout-mask.js';
import { hasKernel } from './fused-kernel.js';
import { fusedRecurrent } from './fused-recurrent.js';
import { scaleSequences } from './scale-sequences.js';
import { singleTensor } from './single-tensor.js';
import { StockRnn } from './stock-classes.js';

type Cell = GRUCell | LSTMCell | SimpleRNNCell;
type RecurrentLayer = RNN & { readonly cell: Cell; readonly stateful: boolean };

/** What this call drops; absent where nothing is. */
interface DropoutMasks {
  /** [batch, features] */
  input?: Tensor2D;
  /** [batch, units] */
  recurrent?: Tensor2D;
}

/**
 * Calls a recurrent layer: as one fused operation where the backend has the kernel, else step by step in stock
 * operations. Either way the masks of `dropout` and `recurrentDropout` are drawn here, from `kwargs.random`, one for each
 * row and all its steps, and shared by the gates (Gal & Ghahramani 2016): `dropout` multiplies the inputs, `recurrentDropout`
 * the state where it enters the recurrent products, and only where `kwargs.training` is true.
 *
 * @param fusedCell what the fused kernel has to compute; undefined where it has no such cell
 */
export function callRecurrent(
  layer: RecurrentLayer,
  inputs: Tensor | Tensor[],
  options: { kwargs: Kwargs | undefined; fusedCell: FusedCell | undefined },
): Tensor | Tensor[] {
  return tidy(() => {
    const { kwargs, fusedCell } = options;
    const x = singleTensor(inputs);
    const masks = drawMasks(layer, x, kwargs);
    const initialStates = (kwargs?.initialState ?? []) as Tensor[];
    // The stock layer says what is wrong with a wrong number of states.
    const hasStates = initialStates.length === 0 || initialStates.length === stateSizes(layer).length;
    const fuses = fusedCell && !layer.stateful && hasStates && hasKernel(fusedKernels.recurrent);
    if (!fuses) return callComposed(layer, x, { masks, kwargs });
    const { cell, goBackwards, returnSequences, returnState } = layer;
    const results = fusedRecurrent({
      cell: fusedCell,
      x: masks.input ? scaleSequences(x as Tensor3D, masks.input) : x,
      kernel: cell.kernel.read(),
      recurrentKernel: cell.recurrentKernel.read(),
      bias: cell.useBias ? cell.bias.read() : undefined,
      initialStates,
      mask: kwargs?.mask as Tensor | undefined,
      recurrentMask: masks.recurrent,
      goBackwards,
      returnSequences,
      returnState,
    });
    return returnState ? results : results[0];
  });
}

const stateSizes = ({ cell }: RecurrentLayer): number[] => [cell.stateSize].flat();

const drops = (rate: number) => rate > 0 && rate < 1;

function drawMasks(layer: RecurrentLayer, x: Tensor, kwargs: Kwargs | undefined): DropoutMasks {
  if (!kwargs?.training) return {};
  const { dropout, recurrentDropout, units } = layer.cell;
  const [batch, , features] = x.shape;
  const { random } = kwargs;
  return {
    input: drops(dropout) ? dropoutMask([batch, features], { rate: dropout, random }) : undefined,
    recurrent: drops(recurrentDropout)
      ? dropoutMask([batch, units], { rate: recurrentDropout, random })
      : undefined,
  };
}

/** As the stock layer's own `call`, which would let the cell draw masks that cannot be repeated. */
function callComposed(
  layer: RecurrentLayer,
  x: Tensor,
  options: { masks: DropoutMasks; kwargs: Kwargs | undefined },
): Tensor | Tensor[] {
  const { cell } = layer;
  const { masks, kwargs } = options;
  // A cell with a rate draws a mask of its own unless it has one; the stock gated cells read the first of a list.
  const held = (mask: Tensor | undefined) => {
    const tensor = mask ?? scalar(1);
    return 'recurrentActivation' in cell ? [tensor] : tensor;
  };
  const none = null as unknown as Tensor;
  cell.dropoutMask = drops(cell.dropout) ? held(masks.input) : none;
  cell.recurrentDropoutMask = drops(cell.recurrentDropout) ? held(masks.recurrent) : none;
  try {
    const { mask, training, initialState } = kwargs ?? {};
    return StockRnn.prototype.call.call(layer, x, { mask, training, initialState });
  } finally {
    cell.dropoutMask = none;
    cell.recurrentDropoutMask = none;
  }
}
