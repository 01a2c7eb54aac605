import { GrowingIntegers } from '../arrays/growing-integers.js';
import { FirstPlaces } from '../datasets/files/first-places.js';
import { hash64 } from '../datasets/files/hash64.js';

/** Where a row stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A text that came before. */
export interface Repetition {
  /** Where it came first. */
  readonly first: Place;
  /** Whether its labels differ from those that it had first. */
  readonly contradicts: boolean;
  /** Whether it is the first time that this text's labels differ. */
  readonly isNewContradiction: boolean;
}

/** Texts that are remembered; further ones are only looked up. About 60 bytes each at most. */
const maximumTexts = 2_000_000;

/** Remembers texts by 64 bits of a hash. */
export class SeenTexts {
  readonly #entries = new FirstPlaces();
  /** By entry: the index of the file, the line, and the number of the labels. */
  readonly #files = new GrowingIntegers();
  readonly #lines = new GrowingIntegers();
  readonly #labels = new GrowingIntegers();
  readonly #contradicted = new Set<number>();
  readonly #fileIds = new Map<string, number>();
  readonly #fileNames: string[] = [];
  readonly #limit: number;
  /** Whether there were more texts than are remembered, so that some repetitions are not seen. */
  isFull = false;

  constructor({ limit = maximumTexts }: { limit?: number } = {}) {
    this.#limit = limit;
  }

  /**
   * Looks a text up, and remembers it if it is new.
   *
   * @param label a number for its labels; -1 where it has none, which contradicts nothing
   */
  add(text: string, place: Place, label: number): Repetition | undefined {
    const hash = hash64(text);
    const known = this.#entries.find(hash);
    if (known !== undefined) return this.#repeated(known, label);
    if (this.#lines.length === this.#limit) {
      this.isFull = true;
      return undefined;
    }
    this.#entries.add(hash, this.#lines.length);
    this.#lines.push(place.line);
    this.#files.push(this.#fileId(place.file));
    this.#labels.push(label);
    return undefined;
  }

  #repeated(entry: number, label: number): Repetition {
    const first = { file: this.#fileNames[this.#files.at(entry)], line: this.#lines.at(entry) };
    const before = this.#labels.at(entry);
    const contradicts = label >= 0 && before >= 0 && label !== before;
    const isNewContradiction = contradicts && !this.#contradicted.has(entry);
    if (isNewContradiction) this.#contradicted.add(entry);
    return { first, contradicts, isNewContradiction };
  }

  #fileId(file: string): number {
    const known = this.#fileIds.get(file);
    if (known !== undefined) return known;
    this.#fileIds.set(file, this.#fileNames.length);
    return this.#fileNames.push(file) - 1;
  }
}
