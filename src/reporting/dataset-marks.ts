import type { MeasuredRun } from '../evaluation/compare-runs.js';

/** What tells the data of runs apart that were not measured on the same reviews; empty when all were. */
export function datasetMarks(measured: readonly MeasuredRun[]): Map<MeasuredRun, string> {
  const hashes = new Map<string, Set<string>>();
  for (const { reviews } of measured) {
    hashes.set(reviews.dataset, (hashes.get(reviews.dataset) ?? new Set()).add(reviews.contentHash));
  }
  if (hashes.size <= 1 && [...hashes.values()].every((of) => of.size === 1)) return new Map();
  return new Map(
    measured.map((run) => {
      const { dataset, contentHash } = run.reviews;
      const several = (hashes.get(dataset)?.size ?? 0) > 1;
      return [run, several ? `${dataset} ${contentHash.slice(0, 6)}` : dataset];
    }),
  );
}
