/**
 * Runs may be padded to whole groups of eight, and a bit-packed run of common writers has at most 63 such groups: a
 * count that goes further beyond the values than that is damage.
 */
const maxPadding = 63 * 8;

export interface Runs {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Bits of a value. */
  readonly bits: number;
  /** How many values there are. */
  readonly values: number;
}

/**
 * Checks that the runs of Parquet's hybrid of run lengths and bit packing
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/) hold no more values than a page says it has. The
 * decoder believes the counts, and a flipped bit would have it fill the memory.
 *
 * @throws RangeError where they do not
 */
export function checkRuns({ bytes, start, end, bits, values }: Runs): void {
  if (bits > 32) throw new RangeError(`values of ${bits} bits`);
  let at = start;
  for (let seen = 0; seen < values && at < end; ) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw new RangeError('a run without a length');
      const byte = bytes[at++];
      header += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const packed = header % 2 === 1;
    const count = packed ? ((header - 1) / 2) * 8 : header / 2;
    if (count > values - seen + maxPadding) {
      throw new RangeError(`a run of ${count} values where ${values - seen} are left`);
    }
    seen += count;
    at += packed ? (count * bits) / 8 : Math.ceil(bits / 8);
  }
}
