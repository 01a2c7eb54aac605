import { addUnitA, addUnitB, joinA, joinB, tokenStartA, tokenStartB } from './ngram-hash.js';
import { lineError, repeatedLine } from './parse-lines.js';
import { paddingToken } from './vocabulary.js';

const lineFeed = 10;
const space = 32;

/**
 * The lines of an n-gram vocabulary, found by the two hashes of their tokens. It is made in one pass over the file's
 * letters, without a string for any line: a vocabulary of two million lines is ready in a fraction of a second.
 */
export class NgramIndex {
  readonly #content: string;
  /** `[lines + 1]` */
  readonly #starts: Int32Array;
  /** Slots of three integers: id, first hash, second hash; id 0 marks an empty slot. */
  readonly #slots: Int32Array;
  readonly #bits: number;

  /**
   * @param content a line each, tokens separated by one space, the first line `<pad>`; ends with a line feed
   * @throws UserError when the first line is another one, or a line is empty or a repetition
   */
  constructor(content: string) {
    this.#content = content;
    this.#starts = lineStarts(content);
    // At most half full, so that most searches end at the first or second slot.
    this.#bits = Math.max(4, Math.ceil(Math.log2(2 * this.size)));
    this.#slots = new Int32Array(3 * 2 ** this.#bits);
    if (this.line(0) !== paddingToken) throw lineError(0, `expected ${paddingToken}, got "${this.line(0)}"`);
    for (let id = 1; id < this.size; id++) this.#addLine(id);
  }

  /** Number of lines. */
  get size(): number {
    return this.#starts.length - 1;
  }

  get content(): string {
    return this.#content;
  }

  line(id: number): string | undefined {
    if (id < 0 || id >= this.size) return undefined;
    return this.#content.slice(this.#starts[id], this.#starts[id + 1] - 1);
  }

  /** The id of a token or run by its hashes; 0 when it is in no line. */
  find(hashA: number, hashB: number): number {
    return this.#slots[3 * this.#slotOf(hashA, hashB)];
  }

  #addLine(id: number): void {
    const content = this.#content;
    const end = this.#starts[id + 1] - 1;
    if (end === this.#starts[id]) throw repeatedLine(id, '');
    let [runA, runB, a, b, tokens] = [0, 0, tokenStartA, tokenStartB, 0];
    for (let place = this.#starts[id]; place <= end; place++) {
      const unit = content.charCodeAt(place);
      if (unit !== space && unit !== lineFeed) {
        a = addUnitA(a, unit);
        b = addUnitB(b, unit);
        continue;
      }
      runA = tokens === 0 ? a : joinA(runA, a);
      runB = tokens === 0 ? b : joinB(runB, b);
      tokens++;
      a = tokenStartA;
      b = tokenStartB;
    }
    const slot = 3 * this.#slotOf(runA, runB);
    if (this.#slots[slot] !== 0) throw repeatedLine(id, this.line(id)!);
    this.#slots[slot] = id;
    this.#slots[slot + 1] = runA;
    this.#slots[slot + 2] = runB;
  }

  /** The slot that holds these hashes, or the empty one where they belong. */
  #slotOf(hashA: number, hashB: number): number {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    const mixed = Math.imul(hashA ^ (hashB >>> 16), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (slots[3 * slot] !== 0 && (slots[3 * slot + 1] !== hashA || slots[3 * slot + 2] !== hashB)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}

function lineStarts(content: string): Int32Array {
  let lines = 0;
  for (let end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', end + 1)) lines++;
  const starts = new Int32Array(lines + 1);
  let line = 0;
  for (let end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', end + 1)) {
    starts[++line] = end + 1;
  }
  return starts;
}
