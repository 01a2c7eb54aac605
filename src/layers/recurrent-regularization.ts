import type { serialization } from '@tensorflow/tfjs-core';

/** Rates, each in [0, 1), of what keeps a recurrent layer from learning by heart, beyond TF.js' own dropout. */
export interface RecurrentRegularization {
  /**
   * Share of the recurrent kernel's elements that is dropped in training, the same ones in a whole batch: DropConnect (Merity et
   * al. 2017, "Regularizing and Optimizing LSTM Language Models", arXiv 1708.02182, section 2). Default: 0.
   */
  readonly weightDropout: number;
  /**
   * Probability with which a unit of the state keeps its former value at a step (Krueger et al. 2017, "Zoneout", arXiv
   * 1606.01305, section 3.1). Outside of training the state is the mean of both values. Default: 0.
   */
  readonly zoneout: number;
  /** The same for an LSTM's cell state. Default: 0. */
  readonly cellZoneout: number;
}

/** The rates among a layer's arguments, 0 where there are none. */
export function regularizationOf(args: Partial<RecurrentRegularization>): RecurrentRegularization {
  const { weightDropout = 0, zoneout = 0, cellZoneout = 0 } = args;
  return { weightDropout, zoneout, cellZoneout };
}

/** What a layer's config says of them: nothing where all are 0, so that it stays the stock one. */
export function regularizationConfig(rates: RecurrentRegularization): serialization.ConfigDict {
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate > 0));
}

/**
 * The name by which a layer is saved. With zoneout its predictions are not those of the stock layer, which would load it and
 * say nothing: under a name of its own stock TF.js refuses it.
 *
 * @param rates undefined while the layer is being constructed
 */
export function savedClassName(stock: string, rates: RecurrentRegularization | undefined): string {
  return rates && (rates.zoneout > 0 || rates.cellZoneout > 0) ? zonedName(stock) : stock;
}

/** See {@link savedClassName}. */
export const zonedName = (stock: string) => `Zoneout${stock}`;
