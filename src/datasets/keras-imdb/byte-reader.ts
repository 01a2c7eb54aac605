import { KerasFileError } from './keras-file-error.js';

/** Reads a file's bytes one after the other, and never beyond their end. All numbers are little-endian. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(
    bytes: Buffer,
    /** What is read, for messages: `the pickle of x_train.npy`. */
    readonly what: string,
  ) {
    this.#bytes = bytes;
  }

  get position(): number {
    return this.#position;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** @throws KerasFileError when the place is not in the file */
  moveTo(position: number): void {
    if (position < 0 || position > this.#bytes.length) throw this.#endsTooSoon();
    this.#position = position;
  }

  uint8(): number {
    return this.#bytes[this.#advance(1)];
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#advance(2));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#advance(4));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#advance(4));
  }

  /** A view, not a copy. */
  bytes(count: number): Buffer {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** Up to the next line feed, without it. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.#position);
    if (end < 0) throw this.#endsTooSoon();
    const text = this.#bytes.toString('latin1', this.#position, end);
    this.#position = end + 1;
    return text;
  }

  /** What is left. */
  rest(): Buffer {
    return this.bytes(this.#bytes.length - this.#position);
  }

  #advance(count: number): number {
    const start = this.#position;
    if (count > this.#bytes.length - start) throw this.#endsTooSoon();
    this.#position += count;
    return start;
  }

  #endsTooSoon(): KerasFileError {
    return new KerasFileError(
      `${this.what} is cut off: more is expected after byte ${this.#position} of ${this.#bytes.length}.`,
    );
  }
}
