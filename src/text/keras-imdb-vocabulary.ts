import type { KerasImdbConfig, TextConfig } from '../config/schema.js';
import { cutReviews } from './cut-reviews.js';
import { GrowingIntegers } from './growing-integers.js';
import { internTokens } from './intern-tokens.js';
import { keepPart } from './keep-part.js';
import { parseLines } from './parse-lines.js';
import type { TokenIds } from './token-ids.js';
import { tokenize } from './tokenize.js';
import { paddingToken, startToken, type Vocabulary } from './vocabulary.js';

/**
 * The fixed vocabulary of keras-imdb: its word index, the special ids and `indexFrom` put in. A text gets the ids that the
 * data set's reviews have: small letters, split as Keras' Tokenizer does, `startChar` in front, unknown words `oovChar`
 * (or left out), and of all that the first or last `text.maxLength`.
 */
export class KerasImdbVocabulary implements Vocabulary {
  readonly oovBuckets = 0;
  readonly #words: readonly string[];
  readonly #config: KerasImdbConfig;
  readonly #ids: ReadonlyMap<string, number>;

  /** @param words by id */
  constructor(words: readonly string[], config: KerasImdbConfig) {
    this.#words = words;
    this.#config = config;
    this.#ids = new Map(words.map((word, id) => [word, id]));
  }

  /** Reads what {@link serialize} wrote. @throws UserError when a line is empty or a repetition */
  static parse(fileContent: string, config: KerasImdbConfig): KerasImdbVocabulary {
    return new KerasImdbVocabulary(parseLines(fileContent, [paddingToken]), config);
  }

  get knownSize(): number {
    return this.#words.length;
  }

  get idCount(): number {
    return this.#words.length;
  }

  isOov(id: number): boolean {
    return id === this.#config.oovChar;
  }

  token(id: number): string | undefined {
    return this.#words[id];
  }

  id(token: string): number {
    return this.#ids.get(token) ?? this.#config.oovChar ?? -1;
  }

  features(review: string, text: TextConfig): string[] {
    const { startChar } = this.#config;
    const read = [...(startChar === null ? [] : [startToken]), ...tokenize(review, wholeText(text))];
    return keepPart(
      read.filter((token) => this.id(token) >= 0),
      text,
    );
  }

  encode(reviews: readonly string[], text: TextConfig): TokenIds {
    const { tokens, places } = internTokens(reviews, wholeText(text));
    const idOf = Int32Array.from(tokens, (token) => this.id(token));
    const start = this.#config.startChar === null ? -1 : this.id(startToken);
    const ids = new GrowingIntegers();
    const offsets = new Int32Array(places.offsets.length);
    for (let review = 0; review + 1 < offsets.length; review++) {
      if (start >= 0) ids.push(start);
      for (let place = places.offsets[review]; place < places.offsets[review + 1]; place++) {
        const id = idOf[places.ids[place]];
        if (id >= 0) ids.push(id);
      }
      offsets[review + 1] = ids.length;
    }
    return cutReviews({ ids: ids.toArray(), offsets }, text);
  }

  serialize(): string {
    return `${this.#words.join('\n')}\n`;
  }
}

/** Split as the data set's reviews were; what is cut is their ids, the start among them. */
function wholeText(text: TextConfig): TextConfig {
  const all = { lengthUnit: 'tokens', maxLength: Number.MAX_SAFE_INTEGER } as const;
  return { ...text, ...all, tokenizer: 'keras', lowercase: true };
}
