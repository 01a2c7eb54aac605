import type { MeasuredRun } from '../evaluation/compare-runs.js';

/** A name for the data of each run that tells different data apart; empty when all were measured on the same examples. */
export function distinguishDatasets(measured: readonly MeasuredRun[]): Map<MeasuredRun, string> {
  const hashes = new Map<string, Set<string>>();
  for (const { examples } of measured) {
    hashes.set(examples.dataset, (hashes.get(examples.dataset) ?? new Set()).add(examples.contentHash));
  }
  if (hashes.size <= 1 && [...hashes.values()].every((of) => of.size === 1)) return new Map();
  return new Map(
    measured.map((run) => {
      const { dataset, contentHash } = run.examples;
      const several = (hashes.get(dataset)?.size ?? 0) > 1;
      return [run, several ? `${dataset} ${contentHash.slice(0, 6)}` : dataset];
    }),
  );
}
