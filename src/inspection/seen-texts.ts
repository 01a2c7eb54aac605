import { hash } from 'node:crypto';

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

/**
 * Remembers texts by 64 bits of their SHA-256: among two million texts two different ones are taken for the same with a
 * probability of one in nine million.
 */
export class SeenTexts {
  private slots = new Uint32Array(1024);
  private high = new Uint32Array(512);
  private low = new Uint32Array(512);
  private lines = new Float64Array(512);
  private files = new Uint32Array(512);
  private labels = new Float64Array(512);
  private readonly contradicted = new Set<number>();
  private readonly fileIds = new Map<string, number>();
  private readonly fileNames: string[] = [];
  private readonly limit: number;
  private count = 0;
  /** Whether there were more texts than are remembered, so that some repetitions are not seen. */
  isFull = false;

  constructor({ limit = maximumTexts }: { limit?: number } = {}) {
    this.limit = limit;
  }

  /**
   * Looks a text up, and remembers it if it is new.
   *
   * @param label a number for its labels; -1 where it has none, which contradicts nothing
   */
  add(text: string, place: Place, label: number): Repetition | undefined {
    const digest = hash('sha256', text, 'buffer');
    const [high, low] = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
    let slot = this.slotOf(high, low);
    if (this.slots[slot] !== 0) return this.repeated(this.slots[slot] - 1, label);
    if (this.count === this.limit) {
      this.isFull = true;
      return undefined;
    }
    if (this.count === this.high.length) {
      this.grow();
      slot = this.slotOf(high, low);
    }
    const entry = this.count++;
    this.slots[slot] = entry + 1;
    [this.high[entry], this.low[entry], this.lines[entry]] = [high, low, place.line];
    this.files[entry] = this.fileId(place.file);
    this.labels[entry] = label;
    return undefined;
  }

  private repeated(entry: number, label: number): Repetition {
    const first = { file: this.fileNames[this.files[entry]], line: this.lines[entry] };
    const contradicts = label >= 0 && this.labels[entry] >= 0 && label !== this.labels[entry];
    const isNewContradiction = contradicts && !this.contradicted.has(entry);
    if (isNewContradiction) this.contradicted.add(entry);
    return { first, contradicts, isNewContradiction };
  }

  /** The slot that has the key, or the empty one where it belongs. */
  private slotOf(high: number, low: number): number {
    const mask = this.slots.length - 1;
    let slot = low & mask;
    for (let entry = this.slots[slot]; entry !== 0; entry = this.slots[slot]) {
      if (this.low[entry - 1] === low && this.high[entry - 1] === high) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const capacity = this.high.length * 2;
    const grown = <T extends Uint32Array | Float64Array>(array: T, larger: T): T => {
      larger.set(array);
      return larger;
    };
    this.high = grown(this.high, new Uint32Array(capacity));
    this.low = grown(this.low, new Uint32Array(capacity));
    this.lines = grown(this.lines, new Float64Array(capacity));
    this.files = grown(this.files, new Uint32Array(capacity));
    this.labels = grown(this.labels, new Float64Array(capacity));
    this.slots = new Uint32Array(capacity * 2);
    for (let entry = 0; entry < this.count; entry++) {
      this.slots[this.slotOf(this.high[entry], this.low[entry])] = entry + 1;
    }
  }

  private fileId(file: string): number {
    const known = this.fileIds.get(file);
    if (known !== undefined) return known;
    this.fileIds.set(file, this.fileNames.length);
    return this.fileNames.push(file) - 1;
  }
}
