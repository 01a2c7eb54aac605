/** Numbers that stand beside the texts of examples. */
export interface ExampleFeatures {
  /** Row-major `[examples, columns]`, as they were measured. */
  readonly values: Float32Array;
  /** Numbers of one example. */
  readonly columns: number;
}

/** @param values row-major, of at least one example */
export function featuresOf(values: Float32Array, examples: number): ExampleFeatures {
  return { values, columns: values.length / examples };
}

/** A copy for some of the examples, in the order asked for. */
export function subsetFeatures(
  { values, columns }: ExampleFeatures,
  examples: ArrayLike<number>,
): ExampleFeatures {
  const chosen = new Float32Array(examples.length * columns);
  for (let row = 0; row < examples.length; row++) {
    const start = examples[row] * columns;
    chosen.set(values.subarray(start, start + columns), row * columns);
  }
  return { values: chosen, columns };
}
