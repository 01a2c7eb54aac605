import type { Vocabulary } from './vocabulary.js';

/** Ids that follow each other. */
export interface IdRange {
  readonly first: number;
  /** The id after the last one; `first` where there are none. */
  readonly end: number;
}

/**
 * The ids that stand for runs of two and more tokens: all others stand for tokens, or for padding. They follow each other in
 * every vocabulary, before or behind the ids that unknown tokens share.
 */
export function runIdsOf(vocabulary: Pick<Vocabulary, 'text' | 'knownSize' | 'idCount' | 'token'>): IdRange {
  const { text, knownSize, idCount } = vocabulary;
  if (text.ngrams === 1) return { first: idCount, end: idCount };
  if (text.ngramBuckets > 0) return { first: idCount - text.ngramBuckets, end: idCount };
  // Tokens come before runs, and no token has a space in it.
  let first = 1;
  let end = knownSize;
  while (first < end) {
    const middle = (first + end) >> 1;
    if (vocabulary.token(middle)?.includes(' ')) end = middle;
    else first = middle + 1;
  }
  return { first, end: knownSize };
}

/** How many ids of `idCount` stand for no run. */
export function wordIdCount(idCount: number, { first, end }: IdRange): number {
  return idCount - (end - first);
}
