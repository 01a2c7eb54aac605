/** Numbers parts of texts by their characters: equal parts have the same number, counted from 0 in the order of arrival. */
export interface TokenTable {
  /** The number of the UTF-16 units from `start` up to, not including, `end`, which is given to them if they are new. */
  readonly place: (units: Uint16Array, start: number, end: number) => number;
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
  /** By hash: a part's hash, and behind it its number + 1; 0 is free. */
  let slots = new Int32Array(1 << 13);
  /** Where each part's characters begin in `pool`; one more than there are parts. */
  let starts = new Uint32Array((1 << 11) + 1);
  let pool = new Uint16Array(1 << 14);
  let count = 0;

  function add(units: Uint16Array, start: number, end: number) {
    const first = starts[count];
    const last = first + end - start;
    if (last > pool.length) {
      const larger = new Uint16Array(Math.max(2 * pool.length, last));
      larger.set(pool);
      pool = larger;
    }
    for (let index = start; index < end; index++) pool[first + index - start] = units[index];
    starts[++count] = last;
    if (count + 1 < starts.length) return;
    const larger = new Uint32Array(2 * count + 1);
    larger.set(starts);
    starts = larger;
    spread();
  }

  /** Doubles the slots, so that at most half of them are taken. */
  function spread() {
    const former = slots;
    slots = new Int32Array(2 * former.length);
    const mask = slots.length - 2;
    for (let from = 0; from < former.length; from += 2) {
      if (former[from + 1] === 0) continue;
      let slot = (former[from] << 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = former[from];
      slots[slot + 1] = former[from + 1];
    }
  }

  function place(units: Uint16Array, start: number, end: number): number {
    let hash = end - start;
    for (let index = start; index < end; index++) {
      hash = Math.imul(hash ^ units[index], 0x01000193);
      hash ^= hash >>> 15;
    }
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (let number = slots[slot + 1]; number !== 0; number = slots[slot + 1]) {
      if (slots[slot] === hash) {
        let other = starts[number - 1];
        if (starts[number] - other === end - start) {
          let index = start;
          while (index < end && units[index] === pool[other]) {
            index++;
            other++;
          }
          if (index === end) return number - 1;
        }
      }
      slot = (slot + 2) & mask;
    }
    slots[slot] = hash;
    slots[slot + 1] = count + 1;
    add(units, start, end);
    return count - 1;
  }

  function tokens(): string[] {
    const all: string[] = [];
    for (let number = 0; number < count; number++) {
      let token = '';
      // String.fromCharCode takes a limited number of arguments, and an array of them faster than a spread one.
      for (let start = starts[number]; start < starts[number + 1]; start += 4096) {
        const part: unknown = pool.subarray(start, Math.min(start + 4096, starts[number + 1]));
        token += Reflect.apply(String.fromCharCode, null, part as number[]);
      }
      all.push(token);
    }
    return all;
  }

  return { place, size: () => count, tokens };
}
