import type { CarryOptions, LayerWeights } from './carry-options.js';
import { tableRows } from './table-rows.js';

/**
 * The weights of a wide part for more words and labels: what a former feature adds to a former label's logit stays, a new label gets
 * nothing from any feature at first, and a new word adds what the id did that it shared.
 *
 * @param options.own `[ids, columns]`: the values that the features have in the new training examples, for columns of new labels;
 *   absent where the features have no values
 * @param options.columns of the new model
 * @returns kernel and, where there are, values, row-major `[ids, columns]`
 */
export function carryWide(
  { weights: [kernel, values] }: LayerWeights,
  options: CarryOptions & { readonly own?: Float32Array; readonly columns: number },
): Float32Array[] {
  const { formerIds, growHead, own, columns } = options;
  const former = kernel.shape[1];
  const grow = (rows: Float32Array) => {
    const nothing = new Float32Array((rows.length / former) * columns);
    return growHead({ kernel: rows, bias: new Float32Array(former) }, nothing).kernel;
  };
  const grown = grow(tableRows(kernel.values, former, formerIds));
  if (!values || !own) return values || own ? [] : [grown];
  // A column that is 0 whatever the former ones are is that of a new label.
  const shares = grow(new Float32Array(former).fill(1));
  const kept = tableRows(values.values, former, formerIds);
  const valued = Float32Array.from(own, (value, place) => {
    const column = place % columns;
    // The two columns that one makes for two labels have its values.
    if (shares[column] === 0) return value;
    return kept[Math.floor(place / columns) * former + Math.min(column, former - 1)];
  });
  return [grown, valued];
}
