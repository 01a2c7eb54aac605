/** The `limit` most frequent tokens with their counts, ties in the order of their letters' codes. */
export function mostFrequent(
  counts: ReadonlyMap<string, number>,
  limit: number,
): [token: string, count: number][] {
  // Most tokens of a text are rare: only those at or above the limit's count need the slow sort.
  const ascending = Int32Array.from(counts.values()).sort();
  const least = ascending[Math.max(0, ascending.length - limit)];
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([token, count], [otherToken, otherCount]) => otherCount - count || (token < otherToken ? -1 : 1))
    .slice(0, limit);
}
