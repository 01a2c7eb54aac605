/**
 * Numbers the runs of tokens that occur: each is a node that hangs on the run without its last token. Nodes below
 * `tokenCount` are the tokens themselves; longer runs get the next numbers in the order in which they first occur.
 * A hash table with integers for keys: of five million runs, strings would take minutes and many times the memory.
 */
export class NgramTable {
  /** Slots of three integers: prefix node, last token, node; node 0 marks an empty slot (0 is a token, never in here). */
  #slots = new Int32Array(3 << initialBits);
  #bits = initialBits;
  #prefixes = new Int32Array(1 << initialBits);
  #lasts = new Int32Array(1 << initialBits);
  #counts = new Int32Array(1 << initialBits);
  #size = 0;

  constructor(readonly tokenCount: number) {}

  /** All nodes, the tokens included. */
  get nodeCount(): number {
    return this.tokenCount + this.#size;
  }

  /** Counts a run once more. @returns its node */
  count(prefix: number, last: number): number {
    const slot = this.#find(prefix, last);
    const slots = this.#slots;
    const known = slots[3 * slot + 2];
    if (known !== 0) {
      this.#counts[known - this.tokenCount]++;
      return known;
    }
    const node = this.tokenCount + this.#size;
    slots[3 * slot] = prefix;
    slots[3 * slot + 1] = last;
    slots[3 * slot + 2] = node;
    this.#append(prefix, last);
    return node;
  }

  /** The node of a run; 0 where it was never counted. */
  find(prefix: number, last: number): number {
    return this.#slots[3 * this.#find(prefix, last) + 2];
  }

  /** The slot of a run, or the empty one that would be its own. */
  #find(prefix: number, last: number): number {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    let slot = slotOf(prefix, last, this.#bits);
    while (slots[3 * slot + 2] !== 0 && (slots[3 * slot] !== prefix || slots[3 * slot + 1] !== last)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** `[nodeCount - tokenCount]` each: node `tokenCount + i` is the run `prefixes[i]` and then the token `lasts[i]`. */
  runs(): { prefixes: Int32Array; lasts: Int32Array; counts: Int32Array } {
    const cut = (array: Int32Array) => array.subarray(0, this.#size);
    return { prefixes: cut(this.#prefixes), lasts: cut(this.#lasts), counts: cut(this.#counts) };
  }

  #append(prefix: number, last: number): void {
    if (this.#size === this.#counts.length) this.#growRuns();
    this.#prefixes[this.#size] = prefix;
    this.#lasts[this.#size] = last;
    this.#counts[this.#size] = 1;
    this.#size++;
    // At most three quarters full: beyond that, searches become long.
    if (4 * this.#size > 3 << this.#bits) this.#growSlots();
  }

  #growRuns(): void {
    const doubled = (array: Int32Array) => {
      const larger = new Int32Array(2 * array.length);
      larger.set(array);
      return larger;
    };
    this.#prefixes = doubled(this.#prefixes);
    this.#lasts = doubled(this.#lasts);
    this.#counts = doubled(this.#counts);
  }

  #growSlots(): void {
    this.#bits++;
    const slots = new Int32Array(3 * 2 ** this.#bits);
    const mask = slots.length / 3 - 1;
    for (let run = 0; run < this.#size; run++) {
      let slot = slotOf(this.#prefixes[run], this.#lasts[run], this.#bits);
      while (slots[3 * slot + 2] !== 0) slot = (slot + 1) & mask;
      slots[3 * slot] = this.#prefixes[run];
      slots[3 * slot + 1] = this.#lasts[run];
      slots[3 * slot + 2] = this.tokenCount + run;
    }
    this.#slots = slots;
  }
}

const initialBits = 10;

/** The high bits of a product: every bit of both numbers has a part in them. */
function slotOf(prefix: number, last: number, bits: number): number {
  const mixed = Math.imul(prefix, 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - bits);
}
