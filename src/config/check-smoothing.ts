import type { Contradiction } from './check-layers.js';

/** A bag of words is solved for labels that are true or not, nothing in between; the path is below `training`. */
export function checkSmoothing(
  modelType: string,
  { labelSmoothing }: { readonly labelSmoothing: number },
): Contradiction[] {
  if (modelType !== 'bagOfWords' || labelSmoothing === 0) return [];
  const message = `${labelSmoothing}, but a bagOfWords model is solved for whole labels; set training.labelSmoothing to 0`;
  return [{ path: ['labelSmoothing'], message }];
}
