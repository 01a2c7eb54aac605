const blockBytes = 4 << 20;

/**
 * Keeps many lines as UTF-8 bytes in a few large blocks. As 50,000 strings, or as many small buffers, they would keep
 * the garbage collector busy for as long as all the rest of an unpacking takes.
 */
export class LineStore {
  #block = Buffer.alloc(0);
  #used = 0;

  /** Stores a line and gives back its bytes, which stay where they are. */
  add(line: string): Buffer {
    // No UTF-16 unit becomes more than three bytes.
    const mostBytes = line.length * 3;
    if (this.#used + mostBytes > this.#block.length) {
      this.#block = Buffer.allocUnsafe(Math.max(blockBytes, mostBytes));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += this.#block.write(line, start);
    return this.#block.subarray(start, this.#used);
  }
}
