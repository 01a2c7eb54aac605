import type { HeadWeights } from '../tasks/head-weights.js';

/** The weights of a layer, apart from any backend. */
export interface LayerWeights {
  readonly kind: string;
  readonly name: string;
  readonly weights: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[];
}

export interface CarryOptions {
  /** `[idCount]`: for each id of the model the former one whose vector it begins with. */
  readonly formerIds: Int32Array;
  /** Makes the weights of the last layer from the former ones and its kernel as it was built. */
  readonly growHead: (former: HeadWeights, fresh: Float32Array) => HeadWeights;
}
