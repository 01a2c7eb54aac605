/** When a training ends because validation does not get better any more. */
export interface EarlyStopping {
  /** Validations without improvement before that. */
  readonly patience: number;
  /** How much better a figure must be to count as improvement. */
  readonly minDelta: number;
}

/**
 * Whether a training ends here, as Keras' `EarlyStopping` has it (callbacks/early_stopping.py).
 *
 * @param history the deciding figure of each validation so far, less being better
 */
export function stopsEarly(history: readonly number[], { patience, minDelta }: EarlyStopping): boolean {
  let [best, waited] = [Number.POSITIVE_INFINITY, 0];
  for (const figure of history) {
    waited++;
    if (figure < best - minDelta) [best, waited] = [figure, 0];
  }
  return waited >= patience;
}
