/**
 * Byte-pair encoding as its definition has it, counting all pairs anew for every merge; ids as in GPT-2.
 *
 * @returns the merges' ids and the words as ids
 */
export function naiveMerges(
  counts: ReadonlyMap<string, number>,
  { vocabularySize, minimumCount = 1 }: { vocabularySize: number; minimumCount?: number },
): { pairs: [number, number][]; words: Map<string, number[]> } {
  const words = new Map([...counts.keys()].map((word) => [word, Array.from(Buffer.from(word), gpt2Id)]));
  const pairs: [number, number][] = [];
  while (256 + pairs.length < vocabularySize) {
    const pairCounts = new Map<string, number>();
    for (const [word, ids] of words) {
      for (let place = 1; place < ids.length; place++) {
        const pair = `${ids[place - 1]} ${ids[place]}`;
        pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + counts.get(word)!);
      }
    }
    const ordered = [...pairCounts]
      .filter(([, count]) => count >= minimumCount)
      .map(([pair, count]) => [count, ...pair.split(' ').map(Number)] as [number, number, number])
      .sort((one, other) => other[0] - one[0] || one[1] - other[1] || one[2] - other[2]);
    if (ordered.length === 0) break;
    const [, left, right] = ordered[0];
    const merged = 256 + pairs.length;
    pairs.push([left, right]);
    for (const [word, ids] of words) words.set(word, replaced(ids, left, right, merged));
  }
  return { pairs, words };
}

function replaced(ids: readonly number[], left: number, right: number, merged: number): number[] {
  const result: number[] = [];
  for (let place = 0; place < ids.length; place++) {
    const found = ids[place] === left && ids[place + 1] === right;
    result.push(found ? merged : ids[place]);
    if (found) place++;
  }
  return result;
}

/** Bytes that Latin-1 shows come first, then the others (GPT-2's `bytes_to_unicode`). */
const gpt2Order = [...between(0x21, 0x7e), ...between(0xa1, 0xac), ...between(0xae, 0xff)];
const rest = between(0, 0xff).filter((byte) => !gpt2Order.includes(byte));
const gpt2Ids = new Map([...gpt2Order, ...rest].map((byte, id) => [byte, id]));
const gpt2Id = (byte: number) => gpt2Ids.get(byte)!;

function between(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
