import { availableParallelism } from 'node:os';
import { GrowingIntegers } from '../../arrays/growing-integers.js';
import { PackedIntegers } from '../../arrays/packed-integers.js';
import type { TextConfig } from '../../config/schema.js';
import type { TextInterner } from '../intern-tokens.js';
import { InternedTokens } from '../interned-tokens.js';
import { makeTextUnits } from '../text-units.js';
import { makeTokenTable } from '../token-table.js';
import { bytesAsLetters } from './byte-alphabet.js';
import { makeWordNumberer, type NumberedWords } from './make-word-numberer.js';
import { NumberingThreads } from './numbering-threads.js';
import { readForSubwords } from './read-for-subwords.js';
import { sharedWordEnd } from './split-words.js';

/** UTF-16 units that a thread gets at a time: some milliseconds of work. */
const batchLength = 1 << 19;

/** The calling thread among those that number words; the workers are numbered from 0. */
const callingThread = -1;

/** Some texts with the thread whose numbers theirs are. */
interface Part {
  readonly thread: number;
  readonly words: NumberedWords | Promise<NumberedWords>;
}

/**
 * Reads texts into the words that subwords are made of, in worker threads; the calling thread reads the texts and numbers
 * the words of those that no worker has room for. Short texts never start a worker. What comes out is what a
 * `TokenInterner` gives, to the order of the tokens, however many threads there are.
 */
export class WordInterner implements TextInterner {
  readonly #text: TextConfig;
  readonly #threads: NumberingThreads;
  readonly #table = makeTokenTable();
  readonly #numbered = makeWordNumberer(makeTextUnits(), sharedWordEnd(), this.#table);
  readonly #parts: Part[] = [];
  #batch: string[] = [];
  #length = 0;

  /** @param options.threads with the calling one; default: as many as the machine runs at a time */
  constructor(text: TextConfig, { threads = availableParallelism() }: { threads?: number } = {}) {
    this.#text = text;
    this.#threads = new NumberingThreads(threads - 1);
  }

  add(texts: readonly string[]): void {
    for (const text of texts) {
      const read = readForSubwords(text, this.#text);
      this.#batch.push(read);
      this.#length += read.length;
      if (this.#length < batchLength) continue;
      this.#parts.push(this.#threads.take(this.#batch) ?? this.#own());
      this.#batch = [];
      this.#length = 0;
    }
  }

  /** To be called once, at the end. @throws Error when a worker has died */
  async result(): Promise<InternedTokens> {
    this.#parts.push(this.#own());
    const ownWords = this.#table.tokens();
    const workersWords = await this.#threads.words();
    const placesOf = new Map<number, Int32Array>();
    const placeOfWord = new Map<string, number>();
    const places = new PackedIntegers();
    const offsets = new GrowingIntegers();
    offsets.push(0);
    for (const { thread, words } of this.#parts) {
      const { numbers, ends } = await words;
      const known = thread === callingThread ? ownWords : workersWords[thread];
      const placeOf = placesOf.get(thread) ?? new Int32Array(known.length).fill(-1);
      placesOf.set(thread, placeOf);
      const before = places.length;
      for (const number of numbers) {
        if (placeOf[number] < 0) {
          const word = known[number];
          const place = placeOfWord.get(word) ?? placeOfWord.size;
          placeOfWord.set(word, place);
          placeOf[number] = place;
        }
        places.push(placeOf[number]);
      }
      for (const end of ends) offsets.push(before + end);
    }
    const tokens = Array.from(placeOfWord.keys(), bytesAsLetters);
    return new InternedTokens(tokens, { places, offsets: offsets.toArray() });
  }

  async close(): Promise<void> {
    await this.#threads.stop();
  }

  #own(): Part {
    return { thread: callingThread, words: this.#numbered(this.#batch) };
  }
}
