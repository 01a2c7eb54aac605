import { distance } from 'fastest-levenshtein';

/**
 * The known word that a mistyped one was most likely meant to be: the one with the fewest changed letters (Levenshtein),
 * capital letters ignored; undefined when more than a third of the letters (at least one) would have to change.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, changes: distance(typed, candidate.toLowerCase()) }))
    .sort((one, other) => one.changes - other.changes);
  const [best] = ranked;
  return best && best.changes <= Math.max(1, Math.floor(typed.length / 3)) ? best.candidate : undefined;
}
