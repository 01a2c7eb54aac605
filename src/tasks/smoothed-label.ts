/**
 * The target of a sigmoid, Keras' form of label smoothing: 1 - s / 2 and s / 2 in the place of 1 and 0.
 *
 * @param label 1 or 0
 */
export function smoothedLabel(label: number, smoothing: number): number {
  return label * (1 - smoothing) + smoothing / 2;
}
