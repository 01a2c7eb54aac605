import { countWordsInThreads } from './count-words-in-threads.js';
import { learnMerges, type Merges } from './learn-merges.js';

export interface LearningOptions {
  /** Ids in all, those of the 256 bytes included; 256 or more. Fewer come out where the texts have fewer pairs. */
  readonly vocabularySize: number;
  /** Rarer pairs are not merged; default 1. */
  readonly minimumCount?: number;
  /** Threads that count words; default: as many as the machine runs at a time. The result does not depend on it. */
  readonly threads?: number;
}

/**
 * Learns subwords from texts: byte-pair encoding on the bytes of UTF-8, so that no text has unknown tokens. The result
 * depends on how often each word occurs, and on nothing else: neither on the order of the texts nor on the threads.
 *
 * @param texts all texts, or the words of `countWordsInThreads` with their counts
 */
export async function learnSubwords(
  texts: Iterable<string> | AsyncIterable<string> | ReadonlyMap<string, number>,
  { threads, ...options }: LearningOptions,
): Promise<Merges> {
  const counts =
    texts instanceof Map ? texts : await countWordsInThreads(texts as Iterable<string>, { threads });
  return learnMerges(counts, options);
}
