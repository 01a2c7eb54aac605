import { GrowingIntegers } from '../arrays/growing-integers.js';
import type { TextConfig } from '../config/schema.js';
import type { FixedVocabularySettings } from '../datasets/fixed-vocabulary.js';
import { cutExamples } from './cut-examples.js';
import { internTokens, TokenInterner } from './intern-tokens.js';
import type { InternedTokens } from './interned-tokens.js';
import { keepPart } from './keep-part.js';
import { parseLines } from './parse-lines.js';
import type { TokenIds } from './token-ids.js';
import { tokenize } from './tokenize.js';
import { paddingToken, startToken, type Vocabulary } from './vocabulary.js';

/**
 * The vocabulary of a data set whose words have their ids already. A text gets the ids that the data set's examples have:
 * split as these were, `<sos>` in front where they have it, unknown words the id that they have there (or left out), and of
 * all that the part that `text.maxLength` and `text.keep` name.
 */
export class FixedVocabulary implements Vocabulary {
  readonly oovBuckets = 0;
  readonly text: TextConfig;
  readonly #words: readonly string[];
  readonly #settings: FixedVocabularySettings;
  readonly #ids: ReadonlyMap<string, number>;

  /** @param words by id */
  constructor(words: readonly string[], options: { text: TextConfig; fixed: FixedVocabularySettings }) {
    this.text = options.text;
    this.#words = words;
    this.#settings = options.fixed;
    this.#ids = new Map(words.map((word, id) => [word, id]));
  }

  /** Reads what {@link serialize} wrote. @throws UserError when a line is empty or a repetition */
  static parse(
    fileContent: string,
    options: { text: TextConfig; fixed: FixedVocabularySettings },
  ): FixedVocabulary {
    return new FixedVocabulary(parseLines(fileContent, [paddingToken]), options);
  }

  get knownSize(): number {
    return this.#words.length;
  }

  get idCount(): number {
    return this.#words.length;
  }

  isOov(id: number): boolean {
    return id === this.#settings.unknownId;
  }

  token(id: number): string | undefined {
    return this.#words[id];
  }

  id(token: string): number {
    return this.#ids.get(token) ?? this.#settings.unknownId ?? -1;
  }

  features(text: string): string[] {
    const start = this.#settings.startsExamples ? [startToken] : [];
    const tokens = [...start, ...tokenize(text, this.#wholeText())].filter((token) => this.id(token) >= 0);
    return keepPart(tokens, this.text);
  }

  encode(texts: readonly string[]): TokenIds {
    return this.encodeInterned(internTokens(texts, this.#wholeText()));
  }

  interner(): TokenInterner {
    return new TokenInterner(this.#wholeText());
  }

  encodeInterned({ tokens, places }: InternedTokens): TokenIds {
    const idOf = Int32Array.from(tokens, (token) => this.id(token));
    const start = this.#settings.startsExamples ? this.id(startToken) : -1;
    const ids = new GrowingIntegers();
    const offsets = new Int32Array(places.offsets.length);
    for (let example = 0; example + 1 < offsets.length; example++) {
      if (start >= 0) ids.push(start);
      for (let place = places.offsets[example]; place < places.offsets[example + 1]; place++) {
        const id = idOf[places.ids[place]];
        if (id >= 0) ids.push(id);
      }
      offsets[example + 1] = ids.length;
    }
    return cutExamples({ ids: ids.toArray(), offsets }, this.text);
  }

  serialize(): string {
    return `${this.#words.join('\n')}\n`;
  }

  /** Split as the data set's examples were; what is cut is their ids, the start among them. */
  #wholeText(): TextConfig {
    const { tokenizer, lowercase } = this.#settings;
    return { ...this.text, lengthUnit: 'tokens', maxLength: Number.MAX_SAFE_INTEGER, tokenizer, lowercase };
  }
}
