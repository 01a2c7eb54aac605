/** Numbers parts of texts by their characters: equal parts have the same number, counted from 0 in the order of arrival. */
export interface TokenTable {
  /** The number of `text` from `start` up to, not including, `end`, which is given to it if it is new. */
  readonly place: (text: string, start: number, end: number) => number;
  /** How many numbers there are. */
  readonly size: () => number;
  /** The parts by their numbers. */
  readonly tokens: () => string[];
}

/**
 * Makes an empty table: open addressing over the characters themselves, so that a string is made of each different part
 * alone, once and at the end.
 *
 * It uses nothing from outside itself, because its text is run in worker threads, too (see `count-words-in-threads.ts`).
 */
export function makeTokenTable(): TokenTable {
  /** Numbers + 1 by hash; 0 is free. */
  let slots = new Int32Array(1 << 12);
  let hashes = new Int32Array(1 << 11);
  /** Where each part's characters begin in `units`; one more than there are parts. */
  let starts = new Uint32Array((1 << 11) + 1);
  let units = new Uint16Array(1 << 14);
  let count = 0;

  function grow() {
    slots = new Int32Array(2 * slots.length);
    const largerHashes = new Int32Array(2 * hashes.length);
    largerHashes.set(hashes);
    hashes = largerHashes;
    const largerStarts = new Uint32Array(2 * hashes.length + 1);
    largerStarts.set(starts);
    starts = largerStarts;
    const mask = slots.length - 1;
    for (let number = 0; number < count; number++) {
      let slot = (hashes[number] ^ (hashes[number] >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
  }

  function makeRoom(length: number) {
    const larger = new Uint16Array(Math.max(2 * units.length, starts[count] + length));
    larger.set(units);
    units = larger;
  }

  function place(text: string, start: number, end: number): number {
    const first = starts[count];
    const length = end - start;
    if (first + length > units.length) makeRoom(length);
    // Written where a new part would stand: the text is looked at once.
    let hash = length;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(start + index);
      units[first + index] = unit;
      hash = Math.imul(hash ^ unit, 0x01000193);
    }
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let number = slots[slot]; number !== 0; number = slots[slot]) {
      if (hashes[number - 1] === hash && starts[number] - starts[number - 1] === length) {
        let other = starts[number - 1];
        let own = first;
        while (own < first + length && units[own] === units[other]) {
          own++;
          other++;
        }
        if (own === first + length) return number - 1;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = count + 1;
    hashes[count] = hash;
    starts[++count] = first + length;
    if (count === hashes.length) grow();
    return count - 1;
  }

  function tokens(): string[] {
    return Array.from({ length: count }, (_, number) => {
      let token = '';
      // String.fromCharCode takes a limited number of arguments.
      for (let start = starts[number]; start < starts[number + 1]; start += 4096) {
        token += String.fromCharCode(...units.subarray(start, Math.min(start + 4096, starts[number + 1])));
      }
      return token;
    });
  }

  return { place, size: () => count, tokens };
}
