/** Tokens, then their runs of two, of three, up to `longest` tokens, each run's tokens joined by spaces. */
export function ngramsOf(tokens: readonly string[], longest: number): string[] {
  const features = [...tokens];
  for (let size = 2; size <= longest; size++) {
    for (let start = 0; start + size <= tokens.length; start++) {
      features.push(tokens.slice(start, start + size).join(' '));
    }
  }
  return features;
}

/** How many features {@link ngramsOf} gives for an example of so many tokens. */
export function ngramCount(tokens: number, longest: number): number {
  let count = 0;
  for (let size = 1; size <= longest; size++) count += Math.max(0, tokens - size + 1);
  return count;
}
