import { mul, type Tensor, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { type FusedCell, fusedKernels } from '../backends/fused-kernels.js';
import { hasKernel } from './fused-kernel.js';
import { fusedRecurrent } from './fused-recurrent.js';
import type { RecurrentLayer } from './recurrent-layer.js';
import { drawMasks } from './recurrent-masks.js';
import { stepByStep } from './recurrent-steps.js';
import { scaleSequences } from './scale-sequences.js';
import { singleTensor } from './single-tensor.js';

/**
 * Calls a recurrent layer: as one fused operation where the backend has the kernel, else step by step in stock
 * operations. Either way all that is random is drawn by `drawMasks`, from `kwargs.random`, and only where `kwargs.training` is
 * true. Zoneout has a say outside of training, too: there a unit's state is the mean of what it would be with and without.
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
    const { zoneout, cellZoneout } = masks;
    const { cell, goBackwards, returnSequences, returnState } = layer;
    const whole = cell.recurrentKernel.read();
    const recurrentKernel = masks.weights ? mul(whole, masks.weights) : whole;
    const initialStates = (kwargs?.initialState ?? []) as Tensor[];
    // The stock layer says what is wrong with a wrong number of states.
    const hasStates = initialStates.length === 0 || initialStates.length === [cell.stateSize].flat().length;
    const kernel = zoneout || cellZoneout ? fusedKernels.zoneoutRecurrent : fusedKernels.recurrent;
    const fuses = fusedCell && !layer.stateful && hasStates && hasKernel(kernel);
    if (!fuses) return stepByStep(layer, x, { masks, kwargs, recurrentKernel });
    const results = fusedRecurrent({
      cell: fusedCell,
      x: masks.input ? scaleSequences(x as Tensor3D, masks.input) : x,
      kernel: cell.kernel.read(),
      recurrentKernel,
      bias: cell.useBias ? cell.bias.read() : undefined,
      initialStates,
      mask: kwargs?.mask as Tensor | undefined,
      recurrentMask: masks.recurrent,
      zoneout,
      cellZoneout,
      goBackwards,
      returnSequences,
      returnState,
    });
    return returnState ? results : results[0];
  });
}
