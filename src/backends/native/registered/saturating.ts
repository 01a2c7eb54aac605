/** So far from zero that a sigmoid is 0 or 1 in float32, whatever is added to it. */
export const saturating = 1e4;
