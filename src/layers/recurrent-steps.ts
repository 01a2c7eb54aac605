import { add, mul, scalar, slice, squeeze, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { Zoneout } from './fused-recurrent.js';
import type { RecurrentCell, RecurrentLayer } from './recurrent-layer.js';
import { drops, type RecurrentMasks } from './recurrent-masks.js';
import { StockRnn } from './stock-classes.js';

interface Options {
  masks: RecurrentMasks;
  kwargs: Kwargs | undefined;
  /** [units, G * units], in the place of the cell's own. */
  recurrentKernel: Tensor;
}

/** As the stock layer's own `call`, which would let the cell draw masks that cannot be repeated, and knows no zoneout. */
export function stepByStep(layer: RecurrentLayer, x: Tensor, options: Options): Tensor | Tensor[] {
  const { mask, training, initialState } = options.kwargs ?? {};
  // What is this call's own stands before the layer and its cell, which stay as they are.
  const stepping: RecurrentLayer = Object.create(layer, { cell: { value: cellOf(layer, x, options) } });
  return StockRnn.prototype.call.call(stepping, x, { mask, training, initialState });
}

function cellOf({ cell, goBackwards }: RecurrentLayer, x: Tensor, options: Options): RecurrentCell {
  const { masks, recurrentKernel } = options;
  // A cell with a rate draws a mask of its own unless it has one; the stock gated cells read the first of a list.
  const held = (mask: Tensor | undefined) => {
    const tensor = mask ?? scalar(1);
    return 'recurrentActivation' in cell ? [tensor] : tensor;
  };
  const own: RecurrentCell = Object.assign(Object.create(cell), {
    recurrentKernel: { read: () => recurrentKernel },
    dropoutMask: drops(cell.dropout) ? held(masks.input) : null,
    recurrentDropoutMask: drops(cell.recurrentDropout) ? held(masks.recurrent) : null,
  });
  const zones = [masks.zoneout, masks.cellZoneout];
  if (!zones.some(Boolean)) return own;
  const steps = x.shape[1]!;
  let step = 0;
  const call = (inputs: Tensor[], kwargs: Kwargs): Tensor[] => {
    const at = goBackwards ? steps - 1 - step : step;
    step += 1;
    const [, ...before] = inputs;
    const [, ...made] = own.call(inputs, kwargs) as Tensor[];
    const states = made.map((state, i) => keepShare(before[i], state, sharesAt(zones[i], at)));
    return [states[0], ...states];
  };
  return Object.create(own, { call: { value: call } });
}

/** What each unit keeps at a time: [batch, units], or a rate; undefined where it keeps nothing. */
function sharesAt(zoneout: Zoneout | undefined, time: number): Tensor | number | undefined {
  if (!zoneout?.mask) return zoneout?.rate;
  const [batch, , units] = zoneout.mask.shape as [number, number, number];
  return squeeze(slice(zoneout.mask, [0, time, 0], [batch, 1, units]), [1]);
}

/** k before + (1 - k) after */
function keepShare(before: Tensor, after: Tensor, share: Tensor | number | undefined): Tensor {
  return share === undefined ? after : add(mul(share, before), mul(sub(1, share), after));
}
