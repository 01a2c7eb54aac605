import { mostFrequent } from './most-frequent.js';
import { parseVocabulary } from './parse-vocabulary.js';
import type { Vocabulary } from './vocabulary.js';

/** A vocabulary that has grown, and where its ids come from. */
export interface GrownVocabulary {
  readonly vocabulary: Vocabulary;
  /** The new words, by their ids, which follow those of the former known ones. */
  readonly added: readonly string[];
  /** `[idCount]`: for each id the former id that stood for the same texts: of a new word the one that it shared. */
  readonly formerIds: Int32Array;
}

export interface GrowOptions {
  /** New words at most. */
  readonly limit: number;
  /** Rarer words stay unknown; default: as the vocabulary's settings say. */
  readonly minimumCount?: number;
}

/**
 * Whether words can be added to a vocabulary: not to one of subwords, which knows every word in pieces, nor to one that numbers
 * runs of tokens among its tokens.
 */
export function canGrow({ text }: Pick<Vocabulary, 'text'>): boolean {
  return text.tokenizer !== 'subwords' && (text.ngrams === 1 || text.ngramBuckets > 0);
}

/**
 * Adds the most frequent words that a vocabulary does not know. Known words keep their ids; ids that many share, such as OOV
 * buckets, move up behind the new words in their order.
 *
 * @param counts how often each token occurs in new texts
 */
export function growVocabulary(
  former: Vocabulary,
  counts: ReadonlyMap<string, number>,
  { limit, minimumCount = former.text.minimumCount }: GrowOptions,
): GrownVocabulary {
  const unknown = new Map(
    [...counts].filter(([token, count]) => count >= minimumCount && former.isOov(former.id(token))),
  );
  const added = limit > 0 && canGrow(former) ? mostFrequent(unknown, limit).map(([token]) => token) : [];
  const content = `${former.serialize()}${added.map((token) => `${token}\n`).join('')}`;
  const vocabulary = added.length === 0 ? former : parseVocabulary(content, { text: former.text });
  const { knownSize } = former;
  const formerIds = Int32Array.from({ length: vocabulary.idCount }, (_, id) => {
    if (id < knownSize) return id;
    return id < vocabulary.knownSize ? former.id(added[id - knownSize]) : id - added.length;
  });
  return { vocabulary, added, formerIds };
}
