/** When a rate is lowered because validation does not get better any more. */
export interface PlateauSettings {
  /** What the rate is multiplied by. */
  readonly factor: number;
  /** Validations without improvement before that. */
  readonly patience: number;
  /** How much better a figure must be to count as improvement. */
  readonly minDelta: number;
  /** Validations after a lowering during which none is counted. */
  readonly cooldown: number;
}

/**
 * How often the rate was lowered: Keras' `ReduceLROnPlateau` (callbacks/reduce_lr_on_plateau.py), gone through from the first
 * validation on.
 *
 * @param history the deciding figure of each validation so far, less being better
 */
export function plateauReductions(history: readonly number[], settings: PlateauSettings): number {
  const { patience, minDelta, cooldown } = settings;
  let [best, waited, cooling, reductions] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  for (const figure of history) {
    if (cooling > 0) {
      cooling--;
      waited = 0;
    }
    if (figure < best - minDelta) {
      best = figure;
      waited = 0;
    } else if (cooling === 0 && ++waited >= patience) {
      reductions++;
      cooling = cooldown;
      waited = 0;
    }
  }
  return reductions;
}
