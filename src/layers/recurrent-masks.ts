import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { dropoutMask } from './dropout-mask.js';
import type { Zoneout } from './fused-recurrent.js';
import type { RecurrentLayer } from './recurrent-layer.js';
import { zoneoutMask } from './zoneout-mask.js';

/** What a call of a recurrent layer drops or keeps; absent where nothing is. */
export interface RecurrentMasks {
  /** [batch, features] */
  input?: Tensor2D;
  /** [batch, units] */
  recurrent?: Tensor2D;
  /** [units, G * units] */
  weights?: Tensor2D;
  /** With a mask in training, without one else. */
  zoneout?: Zoneout;
  cellZoneout?: Zoneout;
}

/**
 * Draws the masks of a call, from `kwargs.random`. Those of `dropout` and `recurrentDropout` are one for each row and all its
 * steps, and shared by the gates (Gal & Ghahramani 2016): `dropout` multiplies the inputs, `recurrentDropout` the state where it
 * enters the recurrent products. `weightDropout` multiplies the recurrent kernel, one mask for the batch (Merity et al. 2017).
 * Zoneout is drawn for each row, step and unit (Krueger et al. 2017).
 *
 * @param x [batch, time, features]
 */
export function drawMasks(layer: RecurrentLayer, x: Tensor, kwargs: Kwargs | undefined): RecurrentMasks {
  const { dropout, recurrentDropout, units, recurrentKernel } = layer.cell;
  const { weightDropout, zoneout, cellZoneout } = layer.regularization;
  const random = kwargs?.random;
  const training = Boolean(kwargs?.training);
  const [batch, time, features] = x.shape;
  const keeps = (rate: number): Zoneout | undefined => {
    if (!drops(rate)) return undefined;
    return { rate, mask: training ? zoneoutMask([batch, time!, units], { rate, random }) : undefined };
  };
  const mask = (rate: number, rows: number, columns: number) =>
    training && drops(rate) ? dropoutMask([rows, columns], { rate, random }) : undefined;
  // In this order: trainings of former versions draw the first two.
  return {
    input: mask(dropout, batch, features!),
    recurrent: mask(recurrentDropout, batch, units),
    weights: mask(weightDropout, ...(recurrentKernel.shape as [number, number])),
    zoneout: keeps(zoneout),
    cellZoneout: keeps(cellZoneout),
  };
}

/** Whether a rate has a say: TF.js' layers take any number. */
export const drops = (rate: number) => rate > 0 && rate < 1;
